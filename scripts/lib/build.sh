# shellcheck shell=bash
# Configures and builds a CMake preset. Sourced by scripts/run and scripts/test; installs nothing.

# Keeps the last lines of a quiet step for when it fails.
quietly() {
    local output
    output=$("$@" 2>&1) || {
        printf '%s\n' "$output" | tail -40 >&2
        return 1
    }
}

configure_preset() { quietly cmake -S "$PCC_ROOT" --preset "$1"; }

# Builds the named targets of a preset, ninja's progress in sight.
build_preset() {
    local preset=$1
    shift
    (cd "$PCC_ROOT" && configure_preset "$preset" && cmake --build "build/$preset" --parallel "$(nproc)" --target "$@")
}
