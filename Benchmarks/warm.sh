#!/usr/bin/env bash
# What a night costs after a night: ingestion as of the next day where 1% was appended to every event file, and where one row changed in the middle; and once more
# as of the same day, where nothing changed.
#
#   Benchmarks/warm.sh [CADRES] [ROUNDS]        100000 cadres and 3 rounds where not given
#
# Each is a multiple of the cold run of the same round, and must leave the facts that a cold run of the same files leaves: the script ends where it does not.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Benchmarks/common.sh
needs_tools

cadres=${1:-100000}
rounds=${2:-3}
build cadre-simulate cadre-ingest benchmark-facts
data=$(world "$cadres" utf-8 no)
pipeline=$(pipeline utf-8)
work=$benchmarks/warm
rm -rf "$work"
mkdir -p "$work/whole" "$work/short" "$work/changed"
ln "$data"/*.csv "$work/whole"
ln "$data"/*.csv "$work/short"
ln "$data"/*.csv "$work/changed"

# The whole files without the last hundredth of each event file, cut where a record ends; and with one mark in the middle of the ballots changed.
python3 - "$work" <<'PYTHON'
import glob, os, sys

def replaced(path, data):
    os.remove(path)
    with open(path, "wb") as file:
        file.write(data)

def record_end(data, place):
    """Past the first line end after a place that is not within quotes."""
    quotes = data.count(b'"', 0, place)
    while True:
        end = data.index(b"\n", place) + 1
        quotes += data.count(b'"', place, end)
        if quotes % 2 == 0:
            return end
        place = end

folder = sys.argv[1]
for stem in ["tasks", "ballots", "petitions"]:
    for path in glob.glob(f"{folder}/short/{stem}_*.csv"):
        with open(path, "rb") as file:
            data = file.read()
        replaced(path, data[:record_end(data, len(data) * 99 // 100)])
path = max(glob.glob(f"{folder}/changed/ballots_*.csv"))
with open(path, "rb") as file:
    data = bytearray(file.read())
digit = record_end(data, len(data) // 2) - 2
data[digit] = ord("1") + (data[digit] - ord("0")) % 9
replaced(path, data)
PYTHON

measured=$work/measured
: >"$measured"
start_load=$(load)

last_night=$as_of

# One night into the standing output; its facts must be those of a cold run of the same files. Arguments: name, day, exports, cold facts.
night() {
    local kind=$1 as_of=$2
    shift
    ingest "$pipeline" "$2" "$work/output"
    echo "$kind $wall $cpu $peak $round" >>"$measured"
    [[ -z ${3:-} ]] || facts "$work/output/warehouse.sqlite" | cmp -s - "$3" || fail "'$kind' left other facts than a cold run"
}
cold() {
    rm -rf "$work/output"
    night "$@"
}

round=0
for state in whole changed short; do
    cold preparation "$next_day" "$work/$state"
    facts "$work/output/warehouse.sqlite" >"$work/$state.facts"
done
cmp -s "$work/whole.facts" "$work/short.facts" && fail "the appended rows change no fact"
cmp -s "$work/whole.facts" "$work/changed.facts" && fail "the changed row changes no fact"
for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    cold cold-short "$last_night" "$work/short"
    night appended "$next_day" "$work/whole" "$work/whole.facts"
    cold cold "$last_night" "$work/whole"
    night nothing "$last_night" "$work/whole"
    night changed "$next_day" "$work/changed" "$work/changed.facts"
done

{
    echo "### $cadres cadres"
    echo
    echo "$(machine); $(compiler); $(date -u +%F); $rounds rounds; memory settled before each run; load of the machine at the start $start_load, at the end $(load)."
    echo
    echo "| | wall s: median (least, most) | cpu s | peak MB | wall as a share of the cold run's in the same round | cpu likewise |"
    echo "|---|---|---|---|---|---|"
    while IFS='|' read -r kind title; do
        read -r middle least most < <(awk -v k="$kind" '$1 == k {print $2}' "$measured" | spread)
        read -r seconds _ < <(awk -v k="$kind" '$1 == k {print $3}' "$measured" | spread)
        read -r memory _ < <(awk -v k="$kind" '$1 == k {print $4}' "$measured" | spread)
        share() {
            awk -v k="$kind" -v c="$1" '$1 == "cold" {own[$5] = $c} $1 == k {its[$5] = $c} END {for (r in its) print its[r] / own[r] * 100}' "$measured" | spread
        }
        read -r wall_share _ < <(share 2)
        read -r cpu_share _ < <(share 3)
        printf '| %s | %s (%s, %s) | %s | %s | %.1f%% | %.1f%% |\n' "$title" "$middle" "$least" "$most" "$seconds" "$memory" "$wall_share" "$cpu_share"
    done <<'KINDS'
cold|cold
appended|the next day, 1% appended to every event file
changed|the next day, one row changed in the middle of a file
nothing|the same day, nothing changed
KINDS
} | tee "$results/warm-$cadres.md.partial"
mv "$results/warm-$cadres.md.partial" "$results/warm-$cadres.md"
rm -rf "$work"
