#!/usr/bin/env bash
# How long appraising and flagging take, and how much memory: the stages analyze and flag over one simulated night, several rounds in one call.
#
#   Benchmarks/appraisal.sh [CADRES] [ROUNDS]        100000 cadres and 5 rounds where not given
#
# Makes the data and ingests it once, under .build/benchmarks/; Benchmarks/appraisal/ is the pipeline: some 200 groups of peers at 100000 cadres, and eight
# indicators for everybody. Prints, per round and as a median, wall and processor seconds of each stage and the largest memory of its process; then whether
# all rounds published the same bytes. The last round computes in one thread, so that threads cannot change a byte unnoticed, and counts in no
# median. Needs /usr/bin/time (Debian: time).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
cadres=${1:-100000}
rounds=${2:-5}
[[ -x /usr/bin/time ]] || { echo "appraisal: /usr/bin/time is missing; install the package time" >&2; exit 1; }

scripts/setup.sh
for product in cadre-simulate cadre-ingest cadre-analyze cadre-flag cadre-track cadre-export; do swift build -c release --product "$product" >&2; done
bin=$PWD/.build/release
data=$PWD/.build/benchmarks/divided-$cadres
output=$PWD/.build/benchmarks/appraisal-$cadres
as_of=2026-10-31

if [[ ! -e $data/units.csv ]]; then
    "$bin/cadre-simulate" --cadres "$cadres" --months 12 --seed 1 --end "$as_of" --divide-posts --out "$data.partial" >&2
    mv "$data.partial" "$data"
fi
common=(Benchmarks/appraisal/pipeline.yaml --as-of "$as_of" --output "$output" --quiet)
"$bin/cadre-ingest" "${common[@]}" --input "$data" >&2 || [[ $? -eq 1 ]]

echo "machine: $(nproc) cores, $(awk '/MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo) GiB; $(swift --version 2>/dev/null | head -n 1)"
echo "load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo "data: $cadres cadres, 12 months, $(du -sm "$data" | cut -f 1) MB of exports"
printf '%-6s %-8s %8s %8s %8s\n' round stage wall/s cpu/s peak/MB

measured=$(mktemp)
trap 'rm -f "$measured"' EXIT
first=""
# One round: its name, then further options of the stages.
round() {
    local name=$1 stage line wall user system peak cpu digest
    shift
    for stage in analyze flag; do
        line=$(/usr/bin/time -f '%e %U %S %M' "$bin/cadre-$stage" "${common[@]}" "$@" 2>&1 >/dev/null | tail -n 1)
        read -r wall user system peak <<<"$line"
        cpu=$(awk -v a="$user" -v b="$system" 'BEGIN {printf "%.2f", a + b}')
        printf '%-6s %-8s %8s %8s %8s\n' "$name" "$stage" "$wall" "$cpu" "$((peak / 1024))"
        echo "$name $stage $wall $((peak / 1024))" >>"$measured"
    done
    "$bin/cadre-track" "${common[@]}" >/dev/null
    "$bin/cadre-export" "${common[@]}" >/dev/null
    digest=$(cd "$output/current" && sha256sum -- *.csv | sha256sum | cut -d ' ' -f 1)
    first=${first:-$digest}
    [[ $digest == "$first" ]] || { echo "round $name published other bytes than round 1" >&2; exit 1; }
}
for ((number = 1; number <= rounds; number++)); do round "$number"; done
round one --threads 1

for stage in analyze flag; do
    awk -v s="$stage" '$1 != "one" && $2 == s {print $3}' "$measured" | sort -n | awk -v s="$stage" '{v[NR] = $1} END {printf "median %-8s %s s\n", s, v[int((NR + 1) / 2)]}'
done
awk '$1 != "one" {sum[$1] += $3; if ($4 > peak) peak = $4} END {for (r in sum) print sum[r], peak}' "$measured" | sort -n \
    | awk '{v[NR] = $1; peak = $2} END {printf "median together %s s, peak %s MB (held to 20 s and 1000 MB at 100000 cadres on two cores)\n", v[int((NR + 1) / 2)], peak}'
groups=$(tail -n +2 "$output/current/peer_groups.csv" | cut -d , -f 1 | sort -u | wc -l)
echo "$groups groups of peers, $(tail -n +2 "$output/current/peer_groups.csv" | wc -l) fits of a group and an indicator"
echo "all rounds published the same bytes, in one thread as in $(nproc)"
echo "load after: $(cut -d ' ' -f 1-3 /proc/loadavg)"
