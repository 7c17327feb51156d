#!/usr/bin/env bash
# How long the stages after ingestion take, and how much memory, over one simulated night, several rounds in one call.
#
#   Benchmarks/appraisal.sh [CADRES] [ROUNDS]        100000 cadres and 5 rounds where not given
#
# Makes the data and ingests it once, under .build/benchmarks/; Benchmarks/appraisal/ is the pipeline: some 200 groups of peers at 100000 cadres, and eight
# indicators for everybody. Prints, per round and as a median, wall and processor seconds of each stage and the largest memory of its process; then whether
# all rounds published the same bytes. The last round computes in one thread, so that threads cannot change a byte unnoticed, and counts in no
# median. Needs /usr/bin/time (Debian: time).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Benchmarks/common.sh
needs_tools
cadres=${1:-100000}
rounds=${2:-5}

build cadre-simulate cadre-ingest cadre-analyze cadre-flag cadre-track cadre-export
data=$benchmarks/divided-$cadres
output=$benchmarks/appraisal-$cadres

if [[ ! -e $data/units.csv ]]; then
    "$bin/cadre-simulate" --cadres "$cadres" --months 12 --seed 1 --end "$as_of" --divide-posts --out "$data.partial" >&2
    mv "$data.partial" "$data"
fi
common=(Benchmarks/appraisal/pipeline.yaml --as-of "$as_of" --output "$output" --quiet)
rm -rf "$output"
ingest Benchmarks/appraisal/pipeline.yaml "$data" "$output"

measured=$(mktemp)
trap 'rm -f "$measured"' EXIT
{
echo "### $cadres cadres"
echo
echo '```'
echo "machine: $(machine); $(compiler); $(date -u +%F); $rounds rounds"
echo "load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo "data: $cadres cadres, 12 months, $(du -sm "$data" | cut -f 1) MB of exports"
printf '%-6s %-8s %8s %8s %8s\n' round stage wall/s cpu/s peak/MB
printf '%-6s %-8s %8s %8s %8s\n' once ingest "$wall" "$cpu" "$peak"

first=""
# One round: its name, then further options of the stages.
round() {
    local name=$1 stage line wall user system peak cpu digest
    shift
    for stage in analyze flag track export; do
        line=$(/usr/bin/time -f '%e %U %S %M' "$bin/cadre-$stage" "${common[@]}" "$@" 2>&1 >/dev/null | tail -n 1)
        read -r wall user system peak <<<"$line"
        cpu=$(awk -v a="$user" -v b="$system" 'BEGIN {printf "%.2f", a + b}')
        printf '%-6s %-8s %8s %8s %8s\n' "$name" "$stage" "$wall" "$cpu" "$((peak / 1024))"
        echo "$name $stage $wall $((peak / 1024))" >>"$measured"
    done
    digest=$(cd "$output/current" && sha256sum -- *.csv | sha256sum | cut -d ' ' -f 1)
    first=${first:-$digest}
    [[ $digest == "$first" ]] || { echo "round $name published other bytes than round 1" >&2; exit 1; }
}
for ((number = 1; number <= rounds; number++)); do round "$number"; done
round one --threads 1

for stage in analyze flag track export; do
    awk -v s="$stage" '$1 != "one" && $2 == s {print $3}' "$measured" | sort -n | awk -v s="$stage" '{v[NR] = $1} END {printf "median %-8s %s s\n", s, v[int((NR + 1) / 2)]}'
done
awk '$1 != "one" && ($2 == "analyze" || $2 == "flag") {sum[$1] += $3; if ($4 > peak) peak = $4} END {for (r in sum) print sum[r], peak}' "$measured" | sort -n \
    | awk '{v[NR] = $1; peak = $2} END {printf "median of analyze and flag together %s s, peak %s MB (the goal: 20 s and 1000 MB at 100000 cadres on two cores)\n", v[int((NR + 1) / 2)], peak}'
groups=$(tail -n +2 "$output/current/peer_groups.csv" | cut -d , -f 1 | sort -u | wc -l)
echo "$groups groups of peers, $(tail -n +2 "$output/current/peer_groups.csv" | wc -l) fits of a group and an indicator"
echo "all rounds published the same bytes, in one thread as in $(nproc)"
echo "load after: $(cut -d ' ' -f 1-3 /proc/loadavg)"
echo '```'
} | tee "$results/appraisal-$cadres.md.partial"
mv "$results/appraisal-$cadres.md.partial" "$results/appraisal-$cadres.md"
