# shellcheck shell=bash
# Runs one test suite: builds it, runs it, reads how many passed and failed. Sourced by scripts/test.
# A suite that does not build, crashes, or has no tests counts as one failure.

passed_total=0
failed_total=0
summary_lines=()
log_folder=$PCC_ROOT/build/test-logs
mkdir -p "$log_folder"

# What scripts/setup has to provide for a suite.
parts_of() {
    case $1 in
        core) echo core ;;
        story | server) echo backend ;;
        ui) echo imgui ;;
        http) printf '%s\n' server test ;;
        postgres) printf '%s\n' server test postgres ;;
        cluster | torture) printf '%s\n' server test cluster ;;
        e2e) printf '%s\n' server web test ;;
    esac
}

# One suite alone is built where it needs least; together they share one build.
preset_of() { if [ "${suites[*]}" = core ]; then echo core; else echo dev; fi; }

run_suite() {
    local suite=$1 began log passed=0 failed=0 status=0
    log=$log_folder/$suite.log
    began=$(date +%s)
    say "$suite"
    rm -f "$log_folder/$suite".*
    "suite_of_$suite" "$log" || status=$?
    "count_of_$suite" "$log"
    if [ $((passed + failed)) -eq 0 ] || { [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; }; then
        failed=$((failed + 1))
        warn "the suite $suite did not run to its end (exit status $status)"
    fi
    passed_total=$((passed_total + passed))
    failed_total=$((failed_total + failed))
    summary_lines+=("$(printf '%-7s %5d passed %4d failed %5d s' "$suite" "$passed" "$failed" "$(seconds_since "$began")")")
}

summarize() {
    printf '\n'
    printf '%s\n' "${summary_lines[@]}"
    printf '%d passed, %d failed\n' "$passed_total" "$failed_total"
    [ "$failed_total" -eq 0 ]
}

# The doctest programs.
run_doctest() {
    local target=$1_tests preset
    preset=$(preset_of)
    build_preset "$preset" "$target" || return 1
    (cd "$PCC_ROOT" && UBSAN_OPTIONS=print_stacktrace=1 "build/$preset/$target" --no-colors=true) 2>&1 |
        tee "$2"
    return "${PIPESTATUS[0]}"
}

suite_of_core() { run_doctest core "$1"; }
suite_of_story() { run_doctest story "$1"; }
suite_of_server() { run_doctest server "$1"; }
suite_of_ui() { run_doctest ui "$1"; }

# Reads "[doctest] test cases: 3 | 2 passed | 1 failed | 0 skipped" into passed and failed.
count_doctest() {
    local numbers
    numbers=$(sed -n 's/^\[doctest\] test cases: *[0-9]* *| *\([0-9]*\) passed *| *\([0-9]*\) failed.*/\1 \2/p' \
        "$1" 2>/dev/null | tail -1)
    read -r passed failed <<<"${numbers:-0 0}"
}

count_of_core() { count_doctest "$1"; }
count_of_story() { count_doctest "$1"; }
count_of_server() { count_doctest "$1"; }
count_of_ui() { count_doctest "$1"; }

# Reads "12 passed, 0 failed", the last line of a suite that counts for itself.
count_of_torture() { count_last_line "$1"; }

suite_of_layers() {
    "$PCC_ROOT/scripts/check-layers" 2>&1 | tee "$1"
    return "${PIPESTATUS[0]}"
}

count_of_layers() { count_last_line "$1"; }

count_last_line() {
    local numbers
    numbers=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$1" | tail -1)
    read -r passed failed <<<"${numbers:-0 0}"
}

# The node tests against the server of the dev preset: sanitized, so memory faults show. Run by the
# command in the variable `beside`, where it is set.
run_node_tests() {
    local suite=$1 log=$2 files
    [ -n "${beside+set}" ] || local beside=()
    shopt -s nullglob
    files=("$PCC_ROOT/tests/$suite"/*.test.mjs)
    shopt -u nullglob
    [ ${#files[@]} -gt 0 ] || { warn "tests/$suite has no *.test.mjs"; return 1; }
    mkdir -p "$PCC_ROOT/build/screenshots"
    (
        cd "$PCC_ROOT" || exit 1
        export PCC_SERVER=${PCC_SERVER:-$PCC_ROOT/build/dev/pcc-server}
        if [ -d "$PCC_ROOT/build/web/dist" ]; then export PCC_CONSOLE=${PCC_CONSOLE:-$PCC_ROOT/build/web/dist}; fi
        export CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v google-chrome || true)}
        export PCC_SCREENSHOTS=$PCC_ROOT/build/screenshots
        # Drogon keeps its singletons to the end of the process; leaks are looked for in the stories.
        export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0} UBSAN_OPTIONS=print_stacktrace=1
        # Several servers and browsers at once only slow each other down on two cores.
        one_by_one=()
        if [[ $(node --help) == *--test-concurrency* ]]; then
            one_by_one=(--test-concurrency=1)
        fi
        "${beside[@]}" node --test "${one_by_one[@]}" --test-reporter=spec --test-reporter-destination=stdout \
            --test-reporter=tap --test-reporter-destination="$log" "${files[@]}"
    )
}

suite_of_http() {
    build_preset dev pcc-server && run_node_tests http "$1"
}

suite_of_cluster() {
    build_preset dev pcc-server && run_node_tests cluster "$1"
}

# Against the server as it is run: what is tried here needs its speed.
suite_of_torture() {
    "$PCC_ROOT/scripts/torture" --quick --no-install 2>&1 | tee "$1"
    return "${PIPESTATUS[0]}"
}

# Both once more beside a PostgreSQL: the tests of requests and of the store, then the program's.
suite_of_postgres() {
    local status=0 beside=("$PCC_ROOT/scripts/with-postgres")
    build_preset dev server_tests pcc-server || return 1
    (cd "$PCC_ROOT" && UBSAN_OPTIONS=print_stacktrace=1 "${beside[@]}" build/dev/server_tests --no-colors=true) 2>&1 |
        tee "$1.server"
    status=${PIPESTATUS[0]}
    run_node_tests http "$1.http" || status=1
    return "$status"
}

suite_of_e2e() {
    build_preset dev pcc-server && build_preset web dist && install_browser_driver && run_node_tests e2e "$1"
}

# playwright-core and axe-core, exactly as tests/e2e/package-lock.json has them.
install_browser_driver() {
    local home=$PCC_ROOT/tests/e2e
    local stamp=$home/node_modules/.package-lock.json
    if [ ! -f "$stamp" ] || [ "$home/package-lock.json" -nt "$stamp" ]; then
        (cd "$home" && npm ci --no-audit --no-fund --loglevel=error) || {
            warn "npm could not install the browser driver; the lines above say why"
            return 1
        }
    fi
}

# Reads the totals at the end of a TAP log: "# pass 12", "# fail 0".
count_tap() {
    passed=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$1" 2>/dev/null | tail -1)
    failed=$(sed -n 's/^# fail \([0-9]*\)$/\1/p' "$1" 2>/dev/null | tail -1)
    passed=${passed:-0}
    failed=${failed:-0}
}

count_of_http() { count_tap "$1"; }
count_of_cluster() { count_tap "$1"; }

count_of_postgres() {
    local of_server=0 broken=0
    count_doctest "$1.server"
    of_server=$passed
    broken=$failed
    count_tap "$1.http"
    # One that did not run at all is not made good by the other.
    if [ "$of_server" -eq 0 ] || [ "$passed" -eq 0 ]; then broken=$((broken + 1)); fi
    passed=$((passed + of_server))
    failed=$((failed + broken))
}
count_of_e2e() { count_tap "$1"; }
