# shellcheck shell=bash
# The cluster's three servers: one program, one folder of keys, one database. Sourced by scripts/cluster;
# needs cluster_state.sh and cluster_postgres.sh.

replica_lives() { lives "replica-$1"; }
replica_is_ready() { [ "$(http_status "${replica_ports[$1]}" /readyz)" = 200 ]; }
replica_stopped_or_ready() { ! replica_lives "$1" || replica_is_ready "$1"; }

# Starts one in the background; the first on an empty database makes the demo data.
launch_replica() {
    local number=$1 options=()
    check_port_is_free "${replica_ports[$number]}" "replica $number"
    [ ! -d "${console:-}" ] || options+=(--console "$console")
    [ "$number" -ne 1 ] || options+=(--demo)
    # Its standard output holds the accounts of the demo; those are in servers/demo-accounts.txt already.
    PGPASSFILE="$room/servers/pgpass" PCC_DATABASE=$(database_url) setsid "$program" serve \
        --port "${replica_ports[$number]}" --data "$room/servers" --tombstones "$room/servers/replica-$number.ends" \
        "${options[@]}" \
        >/dev/null 2>>"$room/replica-$number.log" </dev/null 8>&- &
    keep_pid "replica-$number" "$!"
}

start_replica() {
    replica_lives "$1" && replica_is_ready "$1" && return 0
    replica_lives "$1" || launch_replica "$1"
    wait_until 90 replica_stopped_or_ready "$1" && replica_is_ready "$1" || {
        tail -5 "$room/replica-$1.log" >&2
        fail "Replica $1 did not become ready." "The lines above say why; more is in $room/replica-$1.log"
    }
}

start_replicas() {
    local number
    for number in "${replicas[@]}"; do
        start_replica "$number"
    done
}

stop_replica() { end_process "replica-$1" 25; }

stop_replicas() {
    local number
    for number in "${replicas[@]}"; do
        stop_replica "$number" &
    done
    wait
}

# One after another: taken out of the balancer first, so that nobody is refused meanwhile.
restart_replicas() {
    local number
    for number in "${replicas[@]}"; do
        tell_balancer "set server writes/replica$number state drain"
        wait_until 5 is_idle "$number" || true
        stop_replica "$number"
        start_replica "$number"
        tell_balancer "set server writes/replica$number state ready"
        wait_until 10 is_in_use "$number" || fail "The balancer does not take replica $number back."
    done
}

# As scripts/run prints them.
print_accounts() {
    local file=$room/servers/demo-accounts.txt
    [ -s "$file" ] || return 0
    printf '\nSign in with one of these demo accounts:\n'
    awk -F '\t' '$4 != last { print "  " $4; last = $4 }
        { label = $1; gsub("_", " ", label); sub("^network admin$", "Network admin", label)
          printf "    %-13s  %-34s  %s\n", toupper(substr(label, 1, 1)) substr(label, 2), $3, $5 }' "$file"
}

# What a script needs to know, for its owner alone: the address and the accounts.
write_ready_file() {
    local file=$1
    (umask 077 && awk -F '\t' -v url="http://127.0.0.1:$balancer_port" '
        BEGIN { printf "{\"url\":\"%s\",\"accounts\":[", url }
        { printf "%s{\"role\":\"%s\",\"email\":\"%s\",\"password\":\"%s\",\"organization\":\"%s\"}", \
              (NR == 1 ? "" : ","), $1, $3, $5, $4 }
        END { print "]}" }' "$room/servers/demo-accounts.txt" >"$file.part") && mv "$file.part" "$file"
}
