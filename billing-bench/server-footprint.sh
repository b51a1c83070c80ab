#!/usr/bin/env bash
# Measures './billing serve' with the PostgreSQL that comes with it, on a database that exists: the time from the command to
# the first answer, and the memory it holds when idle after some requests. Memory is what the processes have to themselves and
# their part of what they share (Pss of /proc/PID/smaps_rollup), of the virtual machine and of every process of PostgreSQL.
#
#   billing-bench/server-footprint.sh [REQUESTS]
#
# Needs Linux, curl, and nothing on port 18099.
set -euo pipefail

requests=${1:-2000}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
url=http://127.0.0.1:18099
export BILLING_HTTP_PORT=18099
server=
cleanup() {
    if [ -n "$server" ]; then kill "$server" 2> /dev/null || true; wait "$server" || true; fi
    rm -rf "$folder"
}
trap cleanup EXIT
cd "$folder"

start() {
    "$root/billing" serve > out 2> log &
    server=$!
    until curl -fs -o /dev/null "$url/health/ready"; do
        kill -0 "$server" || { cat out log; exit 1; }
        sleep 0.02
    done
}

stop() {
    kill -TERM "$server"
    wait "$server" || true
    server=
}

# All processes whose parents are these, and these.
family() {
    local found=$1
    for child in $(pgrep -P "$1" || true); do found="$found $(family "$child")"; done
    echo "$found"
}

# In KiB.
pss() {
    for process in "$@"; do cat "/proc/$process/smaps_rollup" 2> /dev/null || true; done |
        awk '/^Pss:/ { sum += $2 } END { print sum + 0 }'
}

"$root/billing" --version > /dev/null
start
stop
starts=()
for turn in 1 2 3; do
    before=$(date +%s%N)
    start
    starts+=($((($(date +%s%N) - before) / 1000000)))
    if [ "$turn" -lt 3 ]; then stop; fi
done
for ((i = 0; i < requests; i += 100)); do
    curl -s "$url/api/v1/plans?page=[1-80]" "$url/health/ready?[1-10]" "$url/metrics?[1-10]" > /dev/null
done
sleep "${IDLE_SECONDS:-90}"

postmaster=$(head -n 1 billing-data/postgres/postmaster.pid)
# In a user namespace of its own the number in the file is still that of this one: only users are told apart there.
java=$(pss "$server")
postgres=$(pss $(family "$postmaster"))
printf 'first answer after %s ms\n' "$(IFS=' '; echo "${starts[*]}")"
printf 'idle: %d MiB (virtual machine %d MiB, PostgreSQL %d MiB in %d processes)\n' \
    $(((java + postgres) / 1024)) $((java / 1024)) $((postgres / 1024)) "$(family "$postmaster" | wc -w)"
