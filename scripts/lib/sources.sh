# shellcheck shell=bash
# Fetches and builds the two libraries Debian 12 does not have: Dear ImGui 1.92 and Drogon.
# Sourced by scripts/setup. They come as Debian source packages of a later release, from the mirror
# this machine already uses, and apt verifies them; nothing is added to the machine's apt sources.

PCC_IMGUI_VERSION=1.92.2b
PCC_DROGON_VERSION=1.9.13
PCC_TRANTOR_VERSION=1.5.28
PCC_SOURCE_SUITE=${PCC_SOURCE_SUITE:-forky}
PCC_KEYRING=${PCC_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

PCC_IMGUI_HOME=$PCC_CACHE_DIR/imgui-$PCC_IMGUI_VERSION
PCC_DROGON_HOME=$PCC_CACHE_DIR/drogon-$PCC_DROGON_VERSION

have_imgui() { [ -f "${IMGUI_DIR:-$PCC_IMGUI_HOME}/imgui.h" ]; }

have_drogon() {
    [ -n "${DROGON_DIR:-}" ] || [ -d "$PCC_DROGON_HOME/lib/cmake/Drogon" ] ||
        [ -z "$(missing_packages libdrogon-dev)" ]
}

# The address of Debian's main archive as apt has it configured, in either of its file formats.
debian_mirror() {
    # shellcheck disable=SC2016  # the dollars belong to apt
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' |
        awk -F'|' '$1 == "Debian" && $2 == "Debian" && $3 == "main" && !n++ { print $4 }'
}

# Options that let apt read the later suite with lists of its own, leaving the machine's alone.
suite_apt_options() {
    local room=$1
    printf '%s\n' "-oDir::Etc::sourcelist=$room/later.sources" -oDir::Etc::sourceparts=- \
        "-oDir::State::Lists=$room/lists" -oDir::Cache::pkgcache= -oDir::Cache::srcpkgcache= \
        -oAcquire::AllowInsecureRepositories=false -oAcquire::AllowDowngradeToInsecureRepositories=false \
        -oAPT::Get::AllowUnauthenticated=false
}

# Prepares a folder from which `fetch_source` can get packages of the later suite.
open_suite() {
    local room=$1 mirror options
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || { apt_update && mirror=$(debian_mirror); }
    [ -n "$mirror" ] || fail "apt is not set up with Debian's main archive, so sources cannot be fetched." \
        "Add Debian's main archive to /etc/apt/sources.list.d and run again, or give your own copies:" \
        "IMGUI_DIR=<folder with imgui.h>, DROGON_DIR=<where Drogon and Trantor are installed>."
    [ -r "$PCC_KEYRING" ] || install_packages "verifying sources" debian-archive-keyring
    mkdir -p "$room/lists/partial"
    printf 'Types: deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
        "$mirror" "$PCC_SOURCE_SUITE" "$PCC_KEYRING" >"$room/later.sources"
    mapfile -t options < <(suite_apt_options "$room")
    update_suite "$room" "${options[@]}" ||
        fail "The sources of '$PCC_SOURCE_SUITE' could not be read from the Debian mirror." \
            "Look at the lines above. Another suite can be named with PCC_SOURCE_SUITE=<name>."
}

# Reads the suite's index. A mirror that has not moved for weeks is still good for the exact versions
# asked of it: its signature is checked as ever, only the date it was meant to be renewed by is not.
update_suite() {
    local room=$1 options=("${@:2}" -oAcquire::Check-Valid-Until=true)
    read_suite "${options[@]}" 2>&1 | tee "$room/update.log" && return 0
    grep -q 'is expired' "$room/update.log" || return 1
    warn "The mirror's index of $PCC_SOURCE_SUITE is past its date; going on with it, its signature checked."
    read_suite "${options[@]}" -oAcquire::Check-Valid-Until=false
}

# Root reads as root here: apt's own user may not enter a private cache folder.
read_suite() { apt-get update -q "$@" -oAPT::Sandbox::User=root -oAPT::Update::Error-Mode=any; }

# Unpacks a source package into <room>/<package>; an exact upstream version where it still stands.
fetch_source() {
    local room=$1 package=$2 version=$3 full options
    mapfile -t options < <(suite_apt_options "$room")
    full=$(apt-cache "${options[@]}" showsrc "$package" 2>/dev/null |
        awk -v want="$version" '/^Version:/ { split($2, v, "[+-]"); if (v[1] == want && !n++) print $2 }')
    if [ -z "$full" ]; then
        warn "$PCC_SOURCE_SUITE no longer has $package $version; taking the version it has now."
    fi
    (cd "$room" && apt-get source -q "${options[@]}" -oAPT::Sandbox::User=root \
        --download-only "$package${full:+=$full}" && dpkg-source --no-check -x "$package"_*.dsc "$package") \
        >"$room/$package.log" 2>&1 || {
        tail -20 "$room/$package.log" >&2
        fail "The source package $package could not be fetched." "The lines above say why; then run again."
    }
}

# Runs an action in a scratch folder beside the cache; an interrupted run leaves nothing half done.
in_scratch() {
    local scratch status
    mkdir -p "$PCC_CACHE_DIR" || fail "The folder $PCC_CACHE_DIR cannot be written." \
        "Name another one with PCC_CACHE=<folder>."
    scratch=$(mktemp -d "$PCC_CACHE_DIR/.building.XXXXXX")
    (trap 'rm -rf "$scratch"' EXIT && "$@" "$scratch")
    status=$?
    rm -rf "$scratch"
    return $status
}

# Two scripts started together must not build the same library twice.
with_cache_lock() {
    mkdir -p "$PCC_CACHE_DIR"
    (flock 9 && "$@") 9>"$PCC_CACHE_DIR/.lock"
}

setup_imgui() {
    have_imgui && return 0
    install_packages "the console's drawing library" dpkg-dev xz-utils
    with_cache_lock fetch_imgui_once || exit 1
}

fetch_imgui_once() {
    have_imgui && return 0
    local began
    began=$(date +%s)
    say "Fetching Dear ImGui $PCC_IMGUI_VERSION (source package, 1 MB)"
    in_scratch fetch_imgui || return 1
    note "done in $(seconds_since "$began") s"
}

fetch_imgui() {
    open_suite "$1"
    fetch_source "$1" imgui "$PCC_IMGUI_VERSION"
    mv -T "$1/imgui" "$PCC_IMGUI_HOME"
}

setup_drogon() {
    have_drogon && return 0
    apt_offers libssl-dev || apt_update
    if apt_offers libdrogon-dev; then
        install_packages "the server" libdrogon-dev
        return 0
    fi
    install_packages "building Drogon" dpkg-dev xz-utils cmake ninja-build g++ \
        libjsoncpp-dev uuid-dev zlib1g-dev libssl-dev libbrotli-dev
    with_cache_lock build_drogon_once || exit 1
}

build_drogon_once() {
    have_drogon && return 0
    local began
    began=$(date +%s)
    say "Building Drogon $PCC_DROGON_VERSION once for this user (a few minutes; later runs reuse it)"
    in_scratch build_drogon || return 1
    note "done in $(seconds_since "$began") s"
}

build_drogon() {
    local scratch=$1 prefix=$1/prefix
    open_suite "$scratch"
    fetch_source "$scratch" trantor "$PCC_TRANTOR_VERSION"
    fetch_source "$scratch" drogon "$PCC_DROGON_VERSION"
    cmake_install "$scratch/trantor" "$prefix" -DBUILD_C-ARES=OFF
    cmake_install "$scratch/drogon" "$prefix" -DCMAKE_PREFIX_PATH="$prefix" -DUSE_SUBMODULE=OFF \
        -DBUILD_CTL=OFF -DBUILD_EXAMPLES=OFF -DBUILD_YAML_CONFIG=OFF -DBUILD_ORM=OFF
    mv -T "$prefix" "$PCC_DROGON_HOME"
}

# Configures, builds and installs one CMake project; quiet but for ninja's one line of progress.
cmake_install() {
    local source=$1 prefix=$2 log
    shift 2
    log=$source.build.log
    note "$(basename "$source")"
    cmake -S "$source" -B "$source/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
        "$@" >"$log" 2>&1 && build_with_progress "$source/build" "$log" &&
        cmake --install "$source/build" >>"$log" 2>&1 || {
        tail -30 "$log" >&2
        fail "Building $(basename "$source") failed." "The lines above say where."
    }
}

build_with_progress() {
    local folder=$1 log=$2
    if [ -t 1 ]; then
        cmake --build "$folder" --parallel "$(nproc)" | tee -a "$log" | awk '{ printf "\r\033[K    %.70s", $0; fflush() } END { print "" }'
    else
        cmake --build "$folder" --parallel "$(nproc)" | tee -a "$log" | awk 'NR % 25 == 1 { print "    " $1; fflush() }'
    fi
    return "${PIPESTATUS[0]}"
}
