# shellcheck shell=bash
# What every script here shares: words on the terminal, the cache folder, packages from apt.
# Sourced, never run. Builds nothing itself.

PCC_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export HOME=${HOME:-$(cd ~ && pwd)}
PCC_CACHE_DIR=${PCC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pcc-console}

say() { printf '\033[1m==>\033[0m %s\n' "$*" | plain_unless_terminal; }
note() { printf '    %s\n' "$*"; }
warn() { printf 'Please note: %s\n' "$*" >&2; }

# Ends the script with one sentence on what happened and, line by line, what to do next.
fail() {
    printf '\n%s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
    exit 1
}

# Colours only where somebody looks.
plain_unless_terminal() {
    if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi
}

have() { command -v "$1" >/dev/null 2>&1; }

# Seconds since a moment taken with `date +%s`.
seconds_since() { echo "$(($(date +%s) - $1))"; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        fail "Installing packages needs root, and there is no sudo here." "Run this once as root: $*"
    fi
}

# Prints those of the named packages that are not installed.
missing_packages() {
    local installed
    # shellcheck disable=SC2016  # the dollar belongs to dpkg-query
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    local package
    for package in "$@"; do
        grep -qx "installed $package" <<<"$installed" || printf '%s\n' "$package"
    done
}

apt_is_fresh() { [ "${PCC_APT_UPDATED:-}" = yes ]; }

apt_update() {
    apt_is_fresh && return 0
    say "Asking apt for the current package lists"
    as_root apt-get update -q || fail "apt could not read its package lists." \
        "Look at the lines above: most often the network or a line in /etc/apt/sources.list.d is at fault." \
        "Then run the same command again."
    export PCC_APT_UPDATED=yes
}

# True when apt could install the package.
apt_offers() { grep -q '^  Candidate: [^(]' <<<"$(LC_ALL=C apt-cache policy "$1" 2>/dev/null)"; }

# Installs the named packages; the first argument says what they are for.
install_packages() {
    local purpose=$1 package
    shift
    local wanted=()
    mapfile -t wanted < <(missing_packages "$@")
    [ ${#wanted[@]} -eq 0 ] && return 0

    have apt-get || fail "These packages are missing for $purpose: ${wanted[*]}" \
        "There is no apt-get here. Install their equivalents by hand, then run again with --no-install."
    for package in "${wanted[@]}"; do
        apt_offers "$package" || apt_update
    done
    for package in "${wanted[@]}"; do
        apt_offers "$package" || fail "apt knows no package named $package, which $purpose needs." \
            "Debian 12 has it in 'main'. Check that /etc/apt lists Debian's main archive, then run again."
    done
    say "Installing ${#wanted[@]} packages for $purpose: ${wanted[*]}"
    apt_install "${wanted[@]}" && return 0
    # A package list older than the mirror answers 404: ask once more with a fresh one.
    apt_is_fresh || { apt_update && apt_install "${wanted[@]}" && return 0; }
    fail "apt could not install what $purpose needs: ${wanted[*]}" \
        "Look at the lines above for the reason, put it right, then run the same command again."
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
}
