#!/usr/bin/env bash
# How ingestion grows: worlds of growing size with rows in proportion, time per row and peak memory of cadre-ingest, cold.
#
#   Benchmarks/scale.sh [CADRES ...]        10000 and 100000 where not given; 1000000 takes 15 GB of disk and the time for it
#
# Each size runs ROUNDS times (3 where not set, 1 for a million and more); the table has the medians.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Benchmarks/common.sh
needs_tools

sizes=("$@")
[[ ${#sizes[@]} -gt 0 ]] || sizes=(10000 100000)
build cadre-simulate cadre-ingest
pipeline=$(pipeline utf-8)
work=$benchmarks/scale
mkdir -p "$work"
start_load=$(load)

{
    echo "$(machine); $(compiler); $(date -u +%F); memory settled before each run."
    echo
    echo "| cadres | rows | MB | wall s | cpu s | wall ns a row | cpu ns a row | peak MB | peak KB a cadre | rounds |"
    echo "|---|---|---|---|---|---|---|---|---|---|"
    for cadres in "${sizes[@]}"; do
        data=$(world "$cadres" utf-8 no)
        rounds=${ROUNDS:-$((cadres < 1000000 ? 3 : 1))}
        : >"$work/measured"
        cat "$data"/*.csv >/dev/null
        for ((round = 1; round <= rounds; round++)); do
            rm -rf "$work/output"
            ingest "$pipeline" "$data" "$work/output"
            echo "$wall $cpu $peak" >>"$work/measured"
        done
        rows=$(rows_read "$work/output/warehouse.sqlite")
        read -r wall _ < <(cut -d ' ' -f 1 "$work/measured" | spread)
        read -r cpu _ < <(cut -d ' ' -f 2 "$work/measured" | spread)
        read -r peak _ < <(cut -d ' ' -f 3 "$work/measured" | spread)
        awk -v c="$cadres" -v r="$rows" -v b="$(cat "$data"/*.csv | wc -c)" -v w="$wall" -v u="$cpu" -v p="$peak" -v n="$rounds" 'BEGIN {
            printf "| %d | %d | %.0f | %.2f | %.2f | %.0f | %.0f | %d | %.1f | %d |\n", c, r, b / 1048576, w, u, w / r * 1e9, u / r * 1e9, p, p * 1024 / c, n}'
    done
    echo
    echo "Load of the machine at the start $start_load, at the end $(load)."
} | tee "$results/scale.md.partial"
mv "$results/scale.md.partial" "$results/scale.md"
rm -rf "$work"
