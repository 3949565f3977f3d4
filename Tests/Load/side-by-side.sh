#!/usr/bin/env bash
# Our servers and nginx in one run, by turns: starts both on free loopback ports, lets
# `load ratio` measure them and stops exactly the processes it started. See README.md beside it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
load=${LOAD:-$here/../../.build/release/load}
nginx=${NGINX_BINARY:-$(command -v nginx || echo /usr/sbin/nginx)}
usual=(--rounds 5 --duration 3s --warmup 1s --connections 64)

usage() {
    cat <<'TEXT'
side-by-side.sh SCENARIO [options of load ratio]

  fixed         our fixed answer ÷ nginx `return 200`
                FIXED_COMMAND starts our server, FIXED_PATH is asked for (/)
  thread-by-id  a row from a store ÷ nginx `return 200`
                THREADS_COMMAND starts our server, THREADS_PREPARE fills it (optional),
                THREADS_PATH is asked for (/api/threads/{1..100000})
  lists         twenty rows from a store ÷ nginx `return 200`
                LISTS_COMMAND starts our server, LISTS_PREPARE fills it (optional),
                LISTS_PATH is asked for (/api/threads?limit=20)
  gateway       what our gateway adds ÷ what nginx adds as a reverse proxy, both with an access log;
                GATEWAY_COMMAND starts the gateway, GATEWAY_PREPARE tells it of its target (optional),
                BACKEND_COMMAND the server behind both (nginx `return 200`), GATEWAY_PATH is asked
                for (/api/users/1)
  writes        posts by 64 clients: group commit ÷ one commit a request, both ours;
                WRITES_COMMAND and WRITES_SINGLE_COMMAND start them, monoliths with their data in
                @DIR@ and FORUM_RATE_LIMITS=0; somebody registers, signs in and starts a hundred
                threads (needs curl), WRITES_PREPARE fills each further (optional), WRITES_PATH
                and WRITES_BODY are posted with the token; SYNC_MICROSECONDS=400 makes each flush
                of the disk last so much longer (needs clang or cc)

In commands @PORT@ is the port to listen on, @DIR@ an empty folder of its own and @BACKEND@ the
address and port behind the gateway; they are split at blanks. An environment is set with `env`:

  FIXED_COMMAND='env PORT=@PORT@ .build/release/users' Tests/Load/side-by-side.sh fixed --rounds 3

LOAD and NGINX_BINARY name other binaries. What follows the scenario goes to load ratio, after
--rounds 5 --duration 3s --warmup 1s --connections 64. KEEP=1 leaves the folder with the logs.
TEXT
}

fail() {
    echo "side-by-side.sh: $2" >&2
    exit "$1"
}

# ---- processes ------------------------------------------------------------

pids=()
folder=$(mktemp -d "${TMPDIR:-/tmp}/side-by-side.XXXXXX")
chmod 755 "$folder"

stop_all() {
    local status=$? pid tries
    trap - EXIT INT TERM
    for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do
        for ((tries = 0; tries < 100; tries++)); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.05
        done
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    if [[ -n ${KEEP:-} ]]; then echo "logs: $folder" >&2; else rm -rf "$folder"; fi
    exit "$status"
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Something listens on the port.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

need_load() {
    [[ -x $load ]] || fail 1 "$load is missing: swift build -c release --product load (or set LOAD)"
}

# free_port: sets `port` to one below the kernel's own range on which nobody listens.
free_port() {
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        port=$((20000 + RANDOM % 10000))
        answers "$port" || return 0
    done
    fail 1 "no free loopback port between 20000 and 29999"
}

# fill TEXT: the text with its places filled in.
fill() {
    local text=${1//@PORT@/$port}
    text=${text//@DIR@/$dir}
    echo "${text//@BACKEND@/${backend:-}}"
}

# reserve NAME: sets `port` and `dir` for a process to come.
reserve() {
    free_port
    dir=$folder/$1
    mkdir -p "$dir"
}

# launch NAME WORD…: starts a process, sets `pid`, returns when it listens on `port`.
launch() {
    local name=$1 tries
    shift
    "$@" >"$folder/$name.log" 2>&1 &
    pid=$!
    pids+=("$pid")
    for ((tries = 0; tries < 200; tries++)); do
        answers "$port" && return 0
        if ! kill -0 "$pid" 2>/dev/null; then
            tail -n 5 "$folder/$name.log" >&2
            fail 1 "$name ended at once: $*"
        fi
        sleep 0.05
    done
    fail 1 "$name does not listen on port $port after 10 s: $*"
}

# start NAME VARIABLE: starts what the command line in the variable says.
start() {
    local words
    [[ -n ${!2:-} ]] || fail 64 "$2 is not set: the command line that starts $1 (see --help)"
    reserve "$1"
    read -r -a words <<<"$(fill "${!2}")"
    launch "$1" "${words[@]}"
}

# start_nginx NAME TEMPLATE: starts nginx with one of the configurations beside this file.
start_nginx() {
    [[ -x $nginx ]] || fail 1 "nginx is missing: apt-get install nginx-light (or set NGINX_BINARY)"
    reserve "$1"
    fill "$(<"$here/$2")" >"$dir/nginx.conf"
    launch "$1" "$nginx" -p "$dir" -e "$dir/error.log" -c "$dir/nginx.conf"
}

# prepare VARIABLE: fills the server that was started last; nothing to do without a command.
prepare() {
    local words
    [[ -n ${!1:-} ]] || return 0
    read -r -a words <<<"$(fill "${!1}")"
    "${words[@]}" >"$folder/prepare.log" 2>&1 || {
        tail -n 5 "$folder/prepare.log" >&2
        fail 1 "$1 failed: ${words[*]}"
    }
}

# ---- scenarios ------------------------------------------------------------

# ratio OPTION…: the last step of each scenario.
ratio() { "$load" ratio "${usual[@]}" "$@"; }

# against_fixed NAME VARIABLE PREPARE PATH OPTION…: one of our servers ÷ nginx `return 200`.
against_fixed() {
    local name=$1 command=$2 preparation=$3 path=$4 ours
    shift 4
    start "$name" "$command"
    prepare "$preparation"
    ours=(--a-name "$name" --a "http://127.0.0.1:$port$path" --a-pid-tree "$name=$pid")
    start_nginx nginx nginx-fixed.conf
    ratio "${ours[@]}" --b-name nginx --b "http://127.0.0.1:$port/" --b-pid-tree "nginx=$pid" "$@"
}

fixed() { against_fixed fixed FIXED_COMMAND FIXED_PREPARE "${FIXED_PATH:-/}" "$@"; }

thread_by_id() {
    local path='/api/threads/{1..100000}'
    path=${THREADS_PATH:-$path}
    against_fixed threads THREADS_COMMAND THREADS_PREPARE "$path" "$@"
}

lists() { against_fixed lists LISTS_COMMAND LISTS_PREPARE "${LISTS_PATH:-/api/threads?limit=20}" "$@"; }

gateway() {
    local path=${GATEWAY_PATH:-/api/users/1} behind direct ours
    if [[ -n ${BACKEND_COMMAND:-} ]]; then
        start backend BACKEND_COMMAND
    else
        start_nginx backend nginx-fixed.conf
    fi
    backend=127.0.0.1:$port
    behind=backend=$pid
    direct=(--baseline "http://$backend$path" --baseline-name direct --baseline-pid-tree "$behind")
    start gateway GATEWAY_COMMAND
    prepare GATEWAY_PREPARE
    ours=(--a-name gateway --a "http://127.0.0.1:$port$path" --a-pid-tree "gateway=$pid")
    start_nginx nginx nginx-proxy.conf
    ratio "${ours[@]}" --a-pid-tree "$behind" \
        --b-name nginx --b "http://127.0.0.1:$port$path" --b-pid-tree "nginx=$pid" \
        --b-pid-tree "$behind" "${direct[@]}" "$@"
}

# slow_disk: processes started from now on flush as slowly as SYNC_MICROSECONDS says.
slow_disk() {
    [[ -n ${SYNC_MICROSECONDS:-} ]] || return 0
    "$(command -v clang || command -v cc)" -O2 -shared -fPIC -o "$folder/slow-disk.so" \
        "$here/slow-disk.c" || fail 1 "slow-disk.c did not compile"
    WRITES_COMMAND="env LD_PRELOAD=$folder/slow-disk.so $WRITES_COMMAND"
    WRITES_SINGLE_COMMAND="env LD_PRELOAD=$folder/slow-disk.so $WRITES_SINGLE_COMMAND"
}

# post PATH BODY CURL_OPTION…: what the server that was started last answers.
post() {
    local path=$1 body=$2
    shift 2
    curl -sSf -H 'Content-Type: application/json' -d "$body" "$@" "http://127.0.0.1:$port$path"
}

# settle_in: an account on the server that was started last, with a token, sets `bearer`, and a
# hundred threads to post in.
settle_in() {
    local somebody='{"username":"side","password":"side by side by side"}' token
    post /api/users "$somebody" -o "$folder/account.log" || fail 1 "nobody can register"
    token=$(post /api/users/sessions "$somebody" | sed -n 's/.*"accessToken":"\([^"]*\)".*/\1/p')
    [[ -n $token ]] || fail 1 "signing in gave no token"
    bearer="Authorization: Bearer $token"
    post '/api/threads?[1-100]' '{"title":"Side by side"}' -H "$bearer" >"$folder/threads.log" ||
        fail 1 "no threads can be started"
}

writes() {
    local path=${WRITES_PATH:-/api/posts} ours bearer
    local body='{"thread":{1..100},"text":"side by side"}'
    body=${WRITES_BODY:-$body}
    command -v curl >/dev/null || fail 1 "curl is missing: apt-get install curl"
    slow_disk
    start group WRITES_COMMAND
    settle_in
    prepare WRITES_PREPARE
    ours=(--a-name group --a "http://127.0.0.1:$port$path" --a-pid-tree "group=$pid")
    # With the same keys the token of one is good at the other.
    mkdir -p "$folder/single"
    cp -a "$folder/group/keys" "$folder/single/" || fail 1 "WRITES_COMMAND keeps no keys in @DIR@"
    start single WRITES_SINGLE_COMMAND
    settle_in
    prepare WRITES_PREPARE
    ratio "${ours[@]}" --b-name single --b "http://127.0.0.1:$port$path" \
        --b-pid-tree "single=$pid" --body "$body" --header "Content-Type: application/json" \
        --header "$bearer" --expect 201 "$@"
}

scenario=${1:-}
shift || true
case $scenario in
fixed | gateway | lists | writes) need_load && "$scenario" "$@" ;;
thread-by-id) need_load && thread_by_id "$@" ;;
-h | --help | help) usage ;;
"") usage >&2 && exit 64 ;;
*) fail 64 "unknown scenario $scenario: fixed, thread-by-id, lists, gateway or writes" ;;
esac
