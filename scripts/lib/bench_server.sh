# shellcheck shell=bash
# scripts/bench server: what it builds, seeds and starts. Sourced by scripts/bench, after common.sh and build.sh.
# Everything measured lives below build/bench/server and is made anew by each run.

server_bench_room=$PCC_ROOT/build/bench/server
server_bench_options=()
server_bench_setup=()
server_bench_stores=(sqlite postgres cluster)
server_bench_socket=
server_bench_cluster=
server_bench_cluster_port=18520
server_bench_parts=(load growth)
server_bench_tokens=1000
server_bench_growth=(1000 100000 1000000)

read_server_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --no-install) server_bench_setup+=(--no-install) ;;
            --quick)
                server_bench_options+=(--rounds 1 --seconds 2 --connections 16)
                server_bench_growth=(1000 100000)
                ;;
            -h | --help) usage; exit 0 ;;
            --stores | --parts | --rounds | --seconds | --connections | --only | --processes)
                [ $# -ge 2 ] || wrong_use "$1 needs a value."
                take_server_value "$1" "$2"
                shift
                ;;
            *) wrong_use "scripts/bench server does not know \"$1\"." ;;
        esac
        shift
    done
}

take_server_value() {
    case $1 in
        --stores) IFS=, read -ra server_bench_stores <<<"$2" ;;
        --parts) IFS=, read -ra server_bench_parts <<<"$2" ;;
        *) server_bench_options+=("$1" "$2") ;;
    esac
}

# Fastify, better-sqlite3 and pg, exactly as the lock file has them.
install_server_peer() {
    local home=$PCC_ROOT/tests/bench/server/peer
    local stamp=$home/node_modules/.package-lock.json
    if [ ! -f "$stamp" ] || [ "$home/package-lock.json" -nt "$stamp" ]; then
        say "Installing the peer's libraries"
        (cd "$home" && npm ci --no-audit --no-fund --loglevel=error) ||
            fail "npm could not install what the peer is built of." "The lines above say why; then run again."
    fi
}

# A database of its own on the PostgreSQL that was started, owned by an account without privileges.
make_bench_database() {
    local name=$1
    psql -q "$postgres_url" -c "CREATE DATABASE $name OWNER pcc_bench ENCODING 'UTF8' TEMPLATE template0" ||
        fail "The database of the benchmark could not be made." "The lines above say why."
    echo "postgresql:///$name?host=$server_bench_socket&user=pcc_bench"
}

stop_bench_databases() {
    [ -z "$server_bench_socket" ] || stop_postgres "$server_bench_socket"
    [ -z "$server_bench_cluster" ] || stop_bench_cluster
}

start_bench_postgres() {
    server_bench_socket=$(mktemp -d "${TMPDIR:-/tmp}/pcc-pg.XXXXXX")
    start_postgres "$server_bench_socket" durable
    psql -q "$postgres_url" -c 'CREATE ROLE pcc_bench LOGIN' || fail "PostgreSQL made no account."
}

# As scripts/cluster makes it, with its demo data; what is measured is filled in beside that.
start_bench_cluster() {
    server_bench_cluster=$(mktemp -d "${TMPDIR:-/tmp}/pcc-cluster.XXXXXX")
    PCC_SERVER=$PCC_ROOT/build/release/pcc-server "$PCC_ROOT/scripts/cluster" up --port "$server_bench_cluster_port" \
        --state "$server_bench_cluster" "${server_bench_setup[@]}" >"$server_bench_room/cluster.log" 2>&1 || {
        cat "$server_bench_room/cluster.log" >&2
        fail "The cluster did not start." "The lines above say why."
    }
    export PGPASSFILE=$server_bench_cluster/servers/pgpass
}

stop_bench_cluster() {
    "$PCC_ROOT/scripts/cluster" down --data --state "$server_bench_cluster" >/dev/null 2>&1 || true
    rm -rf "$server_bench_cluster"
}

bench_load_on_cluster() {
    local first=$((server_bench_cluster_port + 4)) second=$((server_bench_cluster_port + 5)) told=$server_bench_room/cluster.json
    start_bench_cluster
    note "$server_bench_tokens tokens"
    "$PCC_ROOT/build/release/pcc-bench-seed" fill "$server_bench_cluster/servers" "$server_bench_tokens" \
        "postgresql://pcc@127.0.0.1:$first,127.0.0.1:$second/pcc?target_session_attrs=read-write" >"$told" ||
        fail "The cluster's database could not be filled." "The line above says why."
    # The peer's library knows one address only: that of the first, which takes the writes.
    node "$PCC_ROOT/tests/bench/server/bench.mjs" --cluster "$server_bench_cluster" --port "$server_bench_cluster_port" \
        --data "$server_bench_cluster/servers" --told "$told" --database "postgresql://pcc@127.0.0.1:$first/pcc" \
        --out "$PCC_ROOT/build/bench/results/server-cluster.json" "${server_bench_options[@]}"
}

# Prints nothing; leaves the folder `room` with data, and what requests have to carry in `room`.json.
seed_for() {
    local room=$1 tokens=$2 database=$3
    rm -rf "$room" "$room-peer" "$room-nginx"
    note "$tokens tokens"
    "$PCC_ROOT/build/release/pcc-bench-seed" fill "$room" "$tokens" ${database:+"$database"} >"$room.json" ||
        fail "The database of the benchmark could not be filled." "The line above says why."
    if [ -n "$database" ]; then psql -q "$database" -c 'VACUUM ANALYZE' 2>/dev/null || true; fi
}

bench_load() {
    local store=$1 database='' room=$server_bench_room/load-$1
    if [ "$store" = cluster ]; then
        bench_load_on_cluster
        return
    fi
    if [ "$store" = postgres ]; then database=$(make_bench_database load); fi
    seed_for "$room" "$server_bench_tokens" "$database"
    node "$PCC_ROOT/tests/bench/server/bench.mjs" --server "$PCC_ROOT/build/release/pcc-server" --data "$room" \
        --told "$room.json" ${database:+--database "$database"} --out "$PCC_ROOT/build/bench/results/server-$store.json" \
        "${server_bench_options[@]}"
}

bench_growth() {
    local store=$1 tokens database rooms=()
    for tokens in "${server_bench_growth[@]}"; do
        local room=$server_bench_room/growth-$store-$tokens
        database=
        if [ "$store" = postgres ]; then database=$(make_bench_database "growth_$tokens"); fi
        seed_for "$room" "$tokens" "$database"
        printf '%s' "$database" >"$room.database"
        rooms+=("$tokens=$room")
    done
    node "$PCC_ROOT/tests/bench/server/growth.mjs" --server "$PCC_ROOT/build/release/pcc-server" \
        --seeder "$PCC_ROOT/build/release/pcc-bench-seed" --out "$PCC_ROOT/build/bench/results/growth-$store.json" "${rooms[@]}"
}

bench_server() {
    local store part
    read_server_options "$@"
    "$PCC_ROOT/scripts/setup" "${server_bench_setup[@]}" bench-server
    if [[ " ${server_bench_stores[*]} " == *" cluster "* ]]; then
        "$PCC_ROOT/scripts/setup" "${server_bench_setup[@]}" cluster
    fi
    install_server_peer
    say "Building the server and what fills its database"
    build_preset release pcc-server pcc-bench-seed || fail "The server could not be built." "The lines above say where."
    mkdir -p "$server_bench_room"
    chmod 700 "$server_bench_room"
    trap stop_bench_databases EXIT
    if [[ " ${server_bench_stores[*]} " == *" postgres "* ]]; then start_bench_postgres; fi
    for part in "${server_bench_parts[@]}"; do
        for store in "${server_bench_stores[@]}"; do
            # It grows as any PostgreSQL does.
            [ "$part $store" != "growth cluster" ] || continue
            say "Measuring $part on $store"
            "bench_$part" "$store"
        done
    done
    rm -rf "$server_bench_room"
}
