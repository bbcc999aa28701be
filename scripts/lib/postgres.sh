# shellcheck shell=bash
# A PostgreSQL of its own in a scratch folder, on a Unix socket alone. Sourced by scripts/with-postgres.
# Mostly without fsync: what stands in it is gone with the command it was started for.

# Prints the folder of PostgreSQL's programs; Debian keeps them out of the PATH.
postgres_programs() {
    local folder
    for folder in "${PCC_POSTGRES_BIN:-}" /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ]; then
            echo "$folder"
            return 0
        fi
    done
    return 1
}

# PostgreSQL refuses to run as root: then it runs as the account its package made.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u "${PCC_POSTGRES_USER:-postgres}" -- "$@")
    else
        "$@"
    fi
}

# Makes a cluster below a folder, starts it, and sets `postgres_url` to where its superuser gets in.
# A second argument `durable` leaves fsync and the like as they are where it counts.
start_postgres() {
    local room=$1 programs
    programs=$(postgres_programs) || fail "PostgreSQL's server program was not found." \
        "scripts/setup postgres installs it, or PCC_POSTGRES_BIN=<folder> says where initdb is."
    if [ "$(id -u)" -eq 0 ]; then chown "${PCC_POSTGRES_USER:-postgres}" "$room"; fi
    as_postgres "$programs/initdb" -D "$room/data" -U pcc_super -A trust -E UTF8 --locale=C.UTF-8 \
        --no-sync >"$room/initdb.log" 2>&1 || {
        tail -5 "$room/initdb.log" >&2
        fail "PostgreSQL could not make a database." "The lines above say why."
    }
    local lasting="-c fsync=off -c full_page_writes=off -c autovacuum=off -c shared_buffers=64MB"
    if [ "${2:-}" = durable ]; then lasting="-c shared_buffers=512MB"; fi
    as_postgres "$programs/pg_ctl" -D "$room/data" -l "$room/data/log" -w -o "-c listen_addresses='' \
        -c unix_socket_directories='$room' -c max_connections=200 $lasting" start >"$room/start.log" 2>&1 || {
        tail -5 "$room/data/log" >&2
        fail "PostgreSQL did not start." "The lines above say why."
    }
    # shellcheck disable=SC2034  # read by whoever sources this
    postgres_url="postgresql:///postgres?host=$room&user=pcc_super"
}

stop_postgres() {
    local room=$1 programs
    programs=$(postgres_programs) || return 0
    if [ -f "$room/data/postmaster.pid" ]; then
        as_postgres "$programs/pg_ctl" -D "$room/data" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$room"
}
