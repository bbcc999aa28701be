# shellcheck shell=bash
# HAProxy before the replicas. It repeats what is safe: reads, and whatever never reached a server; a write
# that may have arrived is never sent twice. Sourced by scripts/cluster; needs cluster_state.sh.

balancer_lives() { lives balancer; }
balancer_is_ready() { [ "$(http_status "$balancer_port" /readyz)" = 200 ]; }

# HAProxy's own answers in the form of all others. They may leave open whether a write was done.
problem() {
    printf '    http-error status %s content-type application/problem+json string "%s" hdr Cache-Control no-store hdr Retry-After 2\n' \
        "$1" "{\\\"type\\\":\\\"urn:pcc:problem:unavailable\\\",\\\"title\\\":\\\"The service cannot be used now\\\",\\\"status\\\":$1,\\\"detail\\\":\\\"No server answered. Try again in a few seconds.\\\",\\\"code\\\":\\\"unavailable\\\"}"
}

# One line for each replica; $1 is what follows its address.
servers_with() {
    local number
    for number in "${replicas[@]}"; do
        printf '    server replica%s 127.0.0.1:%s %s\n' "$number" "${replica_ports[$number]}" "${1//NUMBER/$number}"
    done
}

write_balancer_settings() {
    cat >"$room/haproxy.cfg" <<SETTINGS
global
    maxconn 8000
    stats socket $room/haproxy.sock mode 600 level admin
    hard-stop-after 5s

defaults
    mode http
    balance roundrobin
    timeout connect 2s
    timeout client 75s
    timeout server 75s
    timeout http-request 35s
    timeout queue 5s
    timeout check 5s
    retries 4
    option redispatch 1
$(problem 502)
$(problem 503)
$(problem 504)

frontend console
    bind 127.0.0.1:$balancer_port
    option forwardfor
    use_backend events if METH_GET { path /api/v1/events }
    use_backend reads if METH_GET
    default_backend writes

# A write is sent once: again only where no connection came about, so each gets one of its own.
backend writes
    retry-on conn-failure
    option http-server-close
    http-reuse never
    option httpchk
    http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host balancer
    http-check expect status 200
$(servers_with 'check inter 1s fastinter 300ms downinter 500ms fall 2 rise 1 on-marked-down shutdown-sessions')

backend reads
    retry-on conn-failure empty-response junk-response response-timeout 502 503 504
    http-reuse always
    timeout server 12s
$(servers_with 'track writes/replicaNUMBER')

# Streams stay open as long as there is somebody at both ends; a ping comes every 15 s.
backend events
    retry-on conn-failure empty-response
    option http-server-close
    http-reuse never
    balance leastconn
    option http-no-delay
    timeout server 1h
$(servers_with 'track writes/replicaNUMBER on-marked-down shutdown-sessions')
SETTINGS
}

start_balancer() {
    balancer_lives && balancer_is_ready && return 0
    balancer_lives && end_process balancer 5
    check_port_is_free "$balancer_port" "the balancer"
    write_balancer_settings
    haproxy -c -q -f "$room/haproxy.cfg" || fail "HAProxy refuses its settings in $room/haproxy.cfg." "The lines above say why."
    setsid haproxy -db -f "$room/haproxy.cfg" >>"$room/balancer.log" 2>&1 </dev/null 8>&- &
    keep_pid balancer "$!"
    wait_until 15 balancer_is_ready || {
        tail -5 "$room/balancer.log" >&2
        fail "The balancer does not answer on port $balancer_port." "The lines above say why."
    }
}

stop_balancer() { end_process balancer 6; }

tell_balancer() { printf '%s\n' "$1" | socat -t 3 - "UNIX-CONNECT:$room/haproxy.sock" | sed '/^$/d'; }

# Columns of HAProxy's own table: 5 current sessions, 18 status.
balancer_says() {
    tell_balancer 'show stat' | awk -F, -v server="replica$1" -v column="$2" '
        $2 == server && $1 ~ /^(writes|reads)$/ { sum += $column; text = text " " $column }
        END { print column == 5 ? sum : text }'
}
is_idle() { [ "$(balancer_says "$1" 5)" = 0 ]; }
is_in_use() { [ "$(balancer_says "$1" 18)" = " UP UP" ]; }
