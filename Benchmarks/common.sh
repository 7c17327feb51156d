# shellcheck shell=bash disable=SC2034
# What the benchmarks share: sourced by each of them, never run. They work in the root of the checkout and write under .build/benchmarks/ only.

as_of=2026-10-31
next_day=2026-11-01
months=12

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }
fail() {
    say "$*"
    exit 1
}

benchmarks=$PWD/.build/benchmarks
# Where the numbers stay that Benchmarks/report.sh makes docs/benchmarks.md from.
results=$benchmarks/results
bin=$PWD/.build/release
mkdir -p "$results"

# What measuring needs and building does not.
needs_tools() {
    [[ -x /usr/bin/time ]] || fail "/usr/bin/time is missing; install the package time"
    command -v sqlite3 >/dev/null || fail "sqlite3 is missing; install the package sqlite3"
}

# Builds programs in release mode, one by one: asked for together they are built in more memory than small machines have.
build() {
    [[ -z ${CADRE_SKIP_BUILD:-} ]] || return 0
    scripts/setup.sh
    local product
    for product in "$@"; do swift build -c release --product "$product" >&2; done
}

machine() {
    echo "$(nproc) cores ($(awk -F ': ' '/model name/ {print $2; exit}' /proc/cpuinfo)), $(awk '/MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo) GiB"
}

# Processes that ran or waited for a core in the last minute: more than the benchmark's own, and wall times say little.
load() { cut -d ' ' -f 1 /proc/loadavg; }

compiler() { swift --version 2>/dev/null | sed -n '1s/ (.*//p'; }

# Makes the exports of a world once: 100 ballots, 60 tasks and 20 petitions per cadre and year. Arguments: cadres, encoding, quotes (yes or no).
# Prints the folder. The world is tidy: the engines beside ours check nothing.
world() {
    local folder=$benchmarks/world-$1-$2$([[ $3 == yes ]] && echo -quotes || true)
    if [[ ! -e $folder/units.csv ]]; then
        local options=(--cadres "$1" --months "$months" --seed 1 --end "$as_of" --tasks 5.0 --ballots 8.6 --petitions 1.02 --tidy --encoding "$2")
        [[ $3 == no ]] || options+=(--quotes)
        say "making $1 cadres in $folder"
        rm -rf "$folder.partial"
        "$bin/cadre-simulate" "${options[@]}" --out "$folder.partial" >&2
        mv "$folder.partial" "$folder"
    fi
    echo "$folder"
}

# The pipeline of this checkout with every contract in one encoding; prints the file to run.
pipeline() {
    local folder=$benchmarks/pipelines-$1
    rm -rf "$folder"
    cp -r pipelines "$folder"
    sed -i "s/^encoding: .*/encoding: $1/" "$folder"/sources/*.yaml
    # The peers look targets up to the letter and weigh nothing: so must the pipeline beside them.
    sed -i 's/^targets: \[cadre, words\].*/targets: [cadre, unit_post, unit_name]/' "$folder"/sources/petitions.yaml
    echo "$folder/nightly.yaml"
}

# Fills memory and gives it back. The host of a virtual machine takes free memory away, and whoever needs it next waits 3 s a GB to get it again: without this, what ran
# before decides how long a run takes, by up to a third (docs/performance.md).
settle() { head -c 3G /dev/zero | tail -c 3G >/dev/null; }

# Runs a command; sets wall, cpu (seconds) and peak (MB) and its exit status, which it returns. Its output goes to $benchmarks/last.log.
measure() {
    local status=0 user system kilobytes
    settle
    /usr/bin/time -q -o "$benchmarks/last.time" -f '%e %U %S %M' "$@" >"$benchmarks/last.log" 2>&1 || status=$?
    read -r wall user system kilobytes < <(tail -n 1 "$benchmarks/last.time")
    cpu=$(awk -v a="$user" -v b="$system" 'BEGIN {printf "%.2f", a + b}')
    peak=$((kilobytes / 1024))
    return "$status"
}

# Runs cadre-ingest, whose findings of severity error (status 1) are no failure of the benchmark.
ingest() { # pipeline, exports, output
    measure "$bin/cadre-ingest" "$1" --as-of "$as_of" --input "$2" --output "$3" --quiet || [[ $? -eq 1 ]] || {
        cat "$benchmarks/last.log" >&2
        fail "cadre-ingest failed; the lines above say why"
    }
}

# Of numbers on standard input, one a line: the median (the lower one of two), the least and the largest.
spread() { sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)], v[1], v[NR]}'; }

# How many rows cadre-ingest read, by the account that it keeps of every file. Arguments: warehouse, sources (all where none is named).
rows_read() {
    local sources
    sources=$(printf "'%s'," "${@:2}")
    sqlite3 "$1" "SELECT sum(rows_read) FROM source_files$([[ $# -eq 1 ]] || echo " WHERE source IN (${sources%,})")"
}

# The facts of a warehouse as sorted lines.
facts() { "$bin/benchmark-facts" "$@" | LC_ALL=C sort; }
