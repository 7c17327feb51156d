#!/usr/bin/env bash
# How long a whole night takes, stage by stage: the first one, into an empty output folder, and one as of the next day over it, from the same exports.
#
#   Benchmarks/night.sh [CADRES] [ROUNDS]        100000 cadres and 3 rounds where not given
#
# Each round begins with cadre-ingest alone, into a folder of its own: the whole is a multiple of that. Stages are timed by when cadre-nightly says that they start.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Benchmarks/common.sh
needs_tools

cadres=${1:-100000}
rounds=${2:-3}
build cadre-simulate cadre-ingest cadre-nightly
data=$(world "$cadres" utf-8 no)
pipeline=$(pipeline utf-8)
work=$benchmarks/night
rm -rf "$work"
mkdir -p "$work"
measured=$work/measured
: >"$measured"
start_load=$(load)

# One night into the standing output, as of a day; adds a line "round kind stage seconds" for each stage and for the whole, and one for the peak of memory in MB. Arguments: kind, day.
night() {
    local status=0 begin end line stage=start since
    settle
    begin=$EPOCHREALTIME
    since=$begin
    /usr/bin/time -q -o "$work/peak" -f %M "$bin/cadre-nightly" "$pipeline" --as-of "$2" --input "$data" --output "$work/output" --log-format text 2>&1 >/dev/null | while read -r line; do
        case $line in
            *"info stage started stage="*)
                printf '%s %s %s %s %s\n' "$round" "$1" "$stage" "$since" "$EPOCHREALTIME"
                stage=${line##*stage=}
                since=$EPOCHREALTIME
                ;;
        esac
        printf '%s\n' "$line" >>"$work/log"
        printf '%s %s\n' "$stage" "$since" >"$work/last"
    done >"$work/stages" || status=$?
    # Findings of severity error (status 1) are no failure of the benchmark.
    [[ $status -le 1 ]] || {
        tail "$work/log" >&2
        fail "cadre-nightly failed; the lines above say why"
    }
    end=$EPOCHREALTIME
    read -r stage since <"$work/last"
    printf '%s %s %s %s %s\n' "$round" "$1" "$stage" "$since" "$end" >>"$work/stages"
    printf '%s %s %s %s %s\n' "$round" "$1" whole "$begin" "$end" >>"$work/stages"
    awk '{printf "%s %s %s %.2f\n", $1, $2, $3, $5 - $4}' "$work/stages" >>"$measured"
    echo "$round $1 peak $(($(tail -n 1 "$work/peak") / 1024))" >>"$measured"
}

# What was measured, a line for each round. Arguments: stage or peak, kind.
values() { awk -v s="$1" -v k="$2" '$2 == k && $3 == s {print $4}' "$measured"; }

# The whole as a multiple of cadre-ingest alone, a line for each round. Arguments: kind.
multiples() {
    awk -v k="$1" '$2 == "alone" {own[$1] = $4} $2 == k && $3 == "whole" {its[$1] = $4} END {for (r in its) print its[r] / own[r]}' "$measured"
}

# A line of the table. Arguments: title, format of a number, and the command that prints the numbers of a kind, which is its last argument.
row() {
    local kind middle least most
    printf '| %s |' "$1"
    for kind in first next; do
        read -r middle least most < <("${@:3}" "$kind" | spread)
        # shellcheck disable=SC2059
        printf " $2 ($2, $2) |" "$middle" "$least" "$most"
    done
    echo
}

for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    rm -rf "$work/alone" "$work/output"
    ingest "$pipeline" "$data" "$work/alone"
    echo "$round alone ingest $wall" >>"$measured"
    rm -rf "$work/alone"
    night first "$as_of"
    night next "$next_day"
done

{
    echo "### $cadres cadres"
    echo
    echo "$(machine); $(compiler); $(date -u +%F); $rounds rounds; memory settled before each run; load of the machine at the start $start_load, at the end $(load)."
    echo
    echo "cadre-ingest alone: $(awk '$2 == "alone" {print $4}' "$measured" | spread | awk '{printf "%.2f s (%.2f, %.2f)", $1, $2, $3}'), median (least, most)."
    echo
    echo "| stage | first night, wall s: median (least, most) | the next day, over it |"
    echo "|---|---|---|"
    for stage in ingest analyze flag track export whole; do row "$stage" %.2f values "$stage"; done
    row "the whole as a multiple of cadre-ingest alone in the same round" %.2f multiples
    row "peak memory, MB" %d values peak
} | tee "$results/night-$cadres.md.partial"
mv "$results/night-$cadres.md.partial" "$results/night-$cadres.md"
rm -rf "$work"
