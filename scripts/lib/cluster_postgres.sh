# shellcheck shell=bash
# The cluster's two PostgreSQL servers, a and b: one is the primary, the other follows it, and a commit is
# acknowledged when both have flushed it. Sourced by scripts/cluster; needs postgres.sh and cluster_state.sh.

other_of() { if [ "$1" = a ]; then echo b; else echo a; fi; }
primary() { kept primary; }
standby() { other_of "$(primary)"; }

# Runs SQL as the superuser, over the socket that only PostgreSQL's account and root reach.
sql() {
    local node=$1
    shift
    as_postgres env PGCONNECT_TIMEOUT=3 psql -X -q -t -A -v ON_ERROR_STOP=1 -h "$room/postgres" \
        -p "${database_ports[$node]}" -U pcc_super -d "${database:-postgres}" "$@"
}

# The address for servers: both, whichever takes writes. The password stands in a file of its own.
database_url() {
    echo "postgresql://pcc@127.0.0.1:${database_ports[a]},127.0.0.1:${database_ports[b]}/pcc?target_session_attrs=read-write"
}

random_word() { head -c 24 /dev/urandom | base64 | tr '+/' '-_'; }

# Passwords of the servers and of the following database, each where its reader alone can read it.
make_passwords() {
    local text
    [ -s "$room/servers/pgpass" ] && return 0
    text="127.0.0.1:*:pcc:pcc:$(random_word)"
    (umask 077 && printf '%s\n' "$text" >"$room/servers/pgpass.part")
    text="127.0.0.1:*:*:pcc_follower:$(random_word)"
    printf '%s\n' "$text" | as_postgres sh -c "umask 077 && cat >'$room/postgres/pgpass'"
    mv "$room/servers/pgpass.part" "$room/servers/pgpass"
}

password_in() { cut -d: -f5 "$1"; }

# What a server is told when it starts; $2 names those whose flush a commit waits for.
write_settings() {
    as_postgres sh -c "cat >'$room/postgres/$1.conf'" <<SETTINGS
data_directory = '$room/postgres/$1'
hba_file = '$room/postgres/$1/pg_hba.conf'
ident_file = '$room/postgres/$1/pg_ident.conf'
listen_addresses = '127.0.0.1'
port = ${database_ports[$1]}
unix_socket_directories = '$room/postgres'
cluster_name = 'pcc_$1'
max_connections = 100
shared_buffers = 64MB
wal_level = replica
max_wal_senders = 8
wal_keep_size = 128MB
wal_sender_timeout = 5s
wal_receiver_timeout = 5s
wal_retrieve_retry_interval = 500ms
hot_standby = on
synchronous_commit = on
synchronous_standby_names = '$2'
password_encryption = scram-sha-256
log_timezone = 'UTC'
timezone = 'UTC'
primary_conninfo = 'host=127.0.0.1 port=${database_ports[$(other_of "$1")]} user=pcc_follower passfile=$room/postgres/pgpass application_name=pcc_$1 connect_timeout=3'
SETTINGS
}

database_lives() { as_postgres "$programs/pg_ctl" -D "$room/postgres/$1" status >/dev/null 2>&1; }

start_database() {
    database_lives "$1" && return 0
    check_port_is_free "${database_ports[$1]}" "PostgreSQL $1"
    as_postgres "$programs/pg_ctl" -D "$room/postgres/$1" -l "$room/postgres/$1.log" -w -t 60 \
        -o "-c config_file='$room/postgres/$1.conf'" start >/dev/null 2>&1 8>&- || {
        as_postgres tail -5 "$room/postgres/$1.log" >&2
        fail "PostgreSQL $1 did not start." "The lines above say why; more is in $room/postgres/$1.log"
    }
}

make_primary() {
    local node=$1
    as_postgres "$programs/initdb" -D "$room/postgres/$node" -U pcc_super --auth-local=trust \
        --auth-host=scram-sha-256 -E UTF8 --locale=C.UTF-8 >/dev/null ||
        fail "PostgreSQL could not make a database." "The lines above say why."
    write_settings "$node" ''
    start_database "$node"
    # Through standard input: what stands in a command line, all accounts of the machine can read.
    sql "$node" <<ROLES >/dev/null || fail "The accounts of the database could not be made."
CREATE ROLE pcc LOGIN PASSWORD '$(password_in "$room/servers/pgpass")';
CREATE ROLE pcc_follower LOGIN REPLICATION PASSWORD '$(as_postgres cut -d: -f5 "$room/postgres/pgpass")';
CREATE DATABASE pcc OWNER pcc ENCODING 'UTF8' TEMPLATE template0;
ROLES
    keep primary "$node"
}

# A fresh copy of the primary that follows it.
make_standby() {
    local node=$1
    as_postgres rm -rf "$room/postgres/$node"
    as_postgres env PGPASSFILE="$room/postgres/pgpass" "$programs/pg_basebackup" -h 127.0.0.1 \
        -p "${database_ports[$(primary)]}" -U pcc_follower -D "$room/postgres/$node" -X stream -c fast >/dev/null ||
        fail "The standby could not be copied from the primary." "The lines above say why."
    as_postgres touch "$room/postgres/$node/standby.signal"
}

sync_state() {
    sql "$(primary)" -c "SELECT sync_state FROM pg_stat_replication WHERE application_name = 'pcc_$(standby)' AND state = 'streaming'" 2>/dev/null
}
follows() { [ -n "$(sync_state)" ]; }
follows_in_step() { [ "$(sync_state)" = sync ]; }

# Brings the standby up, and has commits wait for it from then on.
start_standby() {
    local node=$1
    follows_in_step && return 0
    as_postgres test -f "$room/postgres/$node/standby.signal" || make_standby "$node"
    write_settings "$node" ''
    start_database "$node"
    wait_until 30 follows || {
        # Too far behind, or of another line of history: a copy is quicker than to find out which.
        stop_database "$node" immediate
        make_standby "$node"
        start_database "$node"
        wait_until 30 follows || fail "The standby does not follow the primary." "$room/postgres/$node.log says why."
    }
    write_settings "$(primary)" "pcc_$node"
    sql "$(primary)" -c 'SELECT pg_reload_conf()' >/dev/null
    wait_until 10 follows_in_step || fail "The standby follows, but commits do not wait for it."
}

has_primary() { [ -n "$(primary)" ] && as_postgres test -f "$room/postgres/$(primary)/PG_VERSION"; }

start_databases() {
    make_passwords
    has_primary || {
        say "Making a database"
        stop_database a immediate
        as_postgres rm -rf "$room/postgres/a" "$room/postgres/b"
        make_primary a
    }
    if as_postgres test -f "$room/postgres/$(primary)/standby.signal"; then
        say "Finishing what was cut short: $(primary) takes over"
        take_over
    fi
    database_lives "$(primary)" || write_settings "$(primary)" "pcc_$(standby)"
    start_database "$(primary)"
    start_standby "$(standby)"
}

stop_database() {
    database_lives "$1" || return 0
    as_postgres "$programs/pg_ctl" -D "$room/postgres/$1" -m "$2" -w -t 30 stop >/dev/null 2>&1 || true
}

# The primary first, so that the standby has heard all of it.
stop_databases() {
    programs=$(postgres_programs) || return 0
    [ -n "$(primary)" ] || return 0
    stop_database "$(primary)" fast
    stop_database "$(standby)" fast
}

# Ends a database as a power cut does: it and its children, at once and unasked.
kill_database() {
    local pid
    pid=$(as_postgres head -1 "$room/postgres/$1/postmaster.pid" 2>/dev/null) || return 0
    # shellcheck disable=SC2046  # one word for each child
    kill -9 "$pid" $(cat "/proc/$pid/task/$pid/children" 2>/dev/null) 2>/dev/null || true
    wait_until 10 is_gone "$pid"
    # A killed one leaves its socket's lock, and would be taken for alive until somebody has buried it.
    as_postgres rm -f "$room/postgres/.s.PGSQL.${database_ports[$1]}" "$room/postgres/.s.PGSQL.${database_ports[$1]}.lock"
}

takes_writes() { [ "$(sql "$1" -c 'SELECT pg_is_in_recovery()' 2>/dev/null)" = f ]; }

# The one that was chosen takes writes, and what the other one has is of another line of history from
# then on. Once more where it was cut short.
take_over() {
    kill_database "$(standby)"
    start_database "$(primary)"
    as_postgres "$programs/pg_ctl" -D "$room/postgres/$(primary)" -w -t 30 promote >/dev/null ||
        fail "The standby did not take over." "$room/postgres/$(primary).log says why."
    wait_until 10 takes_writes "$(primary)" || fail "The standby does not take writes."
    as_postgres rm -rf "$room/postgres/$(standby)"
}

# The standby takes over. Whoever was primary is gone before, so that there are never two.
promote_standby() {
    local old new
    old=$(primary)
    new=$(standby)
    database_lives "$new" || fail "There is no standby that could take over." "scripts/cluster up starts it."
    as_postgres grep -q "^synchronous_standby_names = 'pcc_$new'" "$room/postgres/$old.conf" ||
        fail "Commits did not wait for the standby: what was acknowledged could be lost." "scripts/cluster up brings it in step."
    kill_database "$old"
    keep primary "$new"
    take_over
}
