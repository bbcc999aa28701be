# shellcheck shell=bash
# Where the cluster keeps what, which ports it has, and which processes are its own. Sourced by
# scripts/cluster after common.sh; starts and stops nothing but what it wrote a pid file for.

replicas=(1 2 3)

# PostgreSQL does not run as root, and its own account cannot look into root's home.
default_cluster_folder() {
    if [ "$(id -u)" -eq 0 ]; then
        echo /var/lib/pcc-console/cluster
    else
        echo "${XDG_STATE_HOME:-$HOME/.local/state}/pcc-console/cluster"
    fi
}

# The balancer has the first port, the replicas the next three, the two databases the last two.
set_ports() {
    balancer_port=$1
    replica_ports=([1]=$(($1 + 1)) [2]=$(($1 + 2)) [3]=$(($1 + 3)))
    # shellcheck disable=SC2034  # read by cluster_postgres.sh
    declare -gA database_ports=([a]=$(($1 + 4)) [b]=$(($1 + 5)))
}

prepare_cluster_folder() {
    # A socket's path has to fit into 107 bytes.
    [ ${#room} -le 60 ] || fail "The folder $room has too long a path for a socket below it." \
        "Choose a shorter one: scripts/cluster up --state <folder>"
    (umask 077 && mkdir -p "$room/servers") 2>/dev/null && [ -w "$room" ] ||
        fail "The folder $room cannot be written." "Choose another one: scripts/cluster up --state <folder>"
    chmod 711 "$room"
    mkdir -p "$room/postgres"
    chmod 700 "$room/postgres"
    if [ "$(id -u)" -eq 0 ]; then chown "${PCC_POSTGRES_USER:-postgres}" "$room/postgres"; fi
    as_postgres test -x "$room/postgres" ||
        fail "PostgreSQL's account cannot reach the folder $room/postgres." \
            "Choose one below folders that others may pass: scripts/cluster up --state <folder>"
}

# One command at a time; what is started in the background must not inherit the lock.
lock_cluster() {
    exec 8>"$room/lock"
    flock -n 8 || fail "Another scripts/cluster works on $room." "Wait until it is done, then run this again."
}

# A word that is kept: which database is the primary, the first port.
kept() { cat "$room/$1" 2>/dev/null; }
keep() { printf '%s\n' "$2" >"$room/$1.part" && mv "$room/$1.part" "$room/$1"; }

# When a process began, in the kernel's ticks: with the number it says which process is meant.
began_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

keep_pid() { printf '%s\n%s\n' "$2" "$(began_at "$2")" >"$room/$1.pid"; }

# True while the process lives that was started under this name.
lives() {
    local pid
    pid=$(pid_of "$1") && [ -n "$pid" ] && ! is_gone "$pid" &&
        [ "$(began_at "$pid")" = "$(sed -n 2p "$room/$1.pid")" ]
}

pid_of() { head -1 "$room/$1.pid" 2>/dev/null; }

port_is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Found out before anything is started.
check_port_is_free() {
    if port_is_open "$1"; then
        fail "Port $1, for $2, is taken: another program is listening there." \
            "Stop that program, or choose six other ports in a row: scripts/cluster up --port <first of them>"
    fi
}

# Asks again, up to as many seconds, until the command succeeds.
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}

# The status of GET $2 on a port of this machine; nothing where nobody answers in time.
http_status() {
    curl -s -o /dev/null -m "${3:-4}" -w '%{http_code}' "http://127.0.0.1:$1$2" 2>/dev/null
}

# Ends the process of a pid file: asked first, made to after as many seconds.
end_process() {
    local name=$1 patience=$2 pid
    if lives "$name"; then
        pid=$(pid_of "$name")
        kill "$pid" 2>/dev/null
        wait_until "$patience" is_gone "$pid" || kill -9 "$pid" 2>/dev/null
        wait_until 5 is_gone "$pid" || true
    fi
    rm -f "$room/$name.pid"
}

# A zombie whose parent does not look is gone as well.
is_gone() { [ ! -d "/proc/$1" ] || grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }
