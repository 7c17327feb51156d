#!/usr/bin/env bash
# How long appraising and flagging take, and how much memory: the stages analyze and flag over one simulated night, several rounds in one call.
#
#   Benchmarks/appraisal.sh [CADRES] [ROUNDS]        100000 cadres and 5 rounds where not given
#
# Makes the data and ingests it once, under .build/benchmarks/. Prints, per round and as a median, wall and processor seconds of each stage and the
# largest memory of its process; then whether all rounds published the same bytes. Needs /usr/bin/time (Debian: time).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
cadres=${1:-100000}
rounds=${2:-5}
[[ -x /usr/bin/time ]] || { echo "appraisal: /usr/bin/time is missing; install the package time" >&2; exit 1; }

scripts/setup.sh
swift build -c release --product cadre-nightly >&2
for product in cadre-simulate cadre-ingest cadre-analyze cadre-flag cadre-track cadre-export; do swift build -c release --product "$product" >&2; done
bin=$PWD/.build/release
data=$PWD/.build/benchmarks/world-$cadres
output=$PWD/.build/benchmarks/output-$cadres
as_of=2026-10-31

if [[ ! -e $data/units.csv ]]; then
    "$bin/cadre-simulate" --cadres "$cadres" --months 12 --seed 1 --end "$as_of" --out "$data.partial" >&2
    mv "$data.partial" "$data"
fi
common=(pipelines/nightly.yaml --as-of "$as_of" --output "$output" --quiet)
"$bin/cadre-ingest" "${common[@]}" --input "$data" >&2 || [[ $? -eq 1 ]]

echo "machine: $(nproc) cores, $(awk '/MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo) GiB; $(swift --version 2>/dev/null | head -n 1)"
echo "data: $cadres cadres, 12 months, $(du -sm "$data" | cut -f 1) MB of exports"
printf '%-6s %-8s %8s %8s %8s\n' round stage wall/s cpu/s peak/MB

measured=$(mktemp)
trap 'rm -f "$measured"' EXIT
first=""
for ((round = 1; round <= rounds; round++)); do
    for stage in analyze flag; do
        line=$(/usr/bin/time -f '%e %U %S %M' "$bin/cadre-$stage" "${common[@]}" 2>&1 >/dev/null | tail -n 1)
        read -r wall user system peak <<<"$line"
        cpu=$(awk -v a="$user" -v b="$system" 'BEGIN {printf "%.2f", a + b}')
        printf '%-6s %-8s %8s %8s %8s\n' "$round" "$stage" "$wall" "$cpu" "$((peak / 1024))"
        echo "$stage $wall" >>"$measured"
    done
    "$bin/cadre-track" "${common[@]}" >/dev/null
    "$bin/cadre-export" "${common[@]}" >/dev/null
    digest=$(cd "$output/current" && sha256sum -- *.csv | sha256sum | cut -d ' ' -f 1)
    first=${first:-$digest}
    [[ $digest == "$first" ]] || { echo "round $round published other bytes than round 1" >&2; exit 1; }
done
for stage in analyze flag; do
    awk -v s="$stage" '$1 == s {print $2}' "$measured" | sort -n | awk -v s="$stage" '{v[NR] = $1} END {printf "median %-8s %s s\n", s, v[int((NR + 1) / 2)]}'
done
echo "all rounds published the same bytes"
