#!/usr/bin/env bash
# Instructions that a small night takes, stage by stage, against the bounds of Benchmarks/instructions.txt: a regression check that no load disturbs.
#
#   Benchmarks/instructions.sh                      fails where a stage needs over 10% more than its bound
#   Benchmarks/instructions.sh --update [STAGE ...] writes what it counts as the new bounds, of all stages or of these; say the reason in CHANGELOG.md
#
# Counts with valgrind's callgrind, release builds, 250 cadres: with 100 no group of peers is large enough and the model is not asked.
# Without valgrind it says so and passes. The counts hold for one compiler and one architecture, which the file of bounds names; with another
# compiler it counts, says so and passes.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Benchmarks/common.sh

bounds=Benchmarks/instructions.txt
stages=(ingest analyze flag track export)
update=()
if [[ ${1:-} == --update ]]; then
    update=("${@:2}")
    [[ ${#update[@]} -gt 0 ]] || update=("${stages[@]}")
    for stage in "${update[@]}"; do
        [[ " ${stages[*]} " == *" $stage "* ]] || fail "there is no stage $stage; there are ${stages[*]}"
    done
elif [[ $# -gt 0 ]]; then
    fail "there is no option $1; see the head of Benchmarks/instructions.sh"
fi
if ! command -v valgrind >/dev/null; then
    say "SKIPPED: valgrind is not installed (Debian: apt-get install valgrind), so no instruction was counted"
    exit 0
fi
build cadre-simulate "${stages[@]/#/cadre-}"

# A path of its own length would change the counts a little: they are made in a folder whose name has the same length everywhere.
work=$(mktemp -d /tmp/cadre-instructions-XXXXXX)
trap 'rm -rf "$work"' EXIT
"$bin/cadre-simulate" --cadres 250 --months "$months" --seed 1 --end "$as_of" --out "$work/exports" >&2
cp -r pipelines "$work/pipelines"
# Without what debuggers read, whose newer form valgrind takes for corrupt.
for stage in "${stages[@]}"; do strip -g -o "$work/cadre-$stage" "$bin/cadre-$stage"; done

# Swift seeds its hashes anew in every process; with a fixed seed the same program does the same.
count() {
    local status=0
    (cd "$work" && env -i PATH="$PATH" SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=callgrind --callgrind-out-file="$work/$1.out" \
        "./cadre-$1" pipelines/nightly.yaml --as-of "$as_of" "${@:2}" --output "$work/output" --quiet >"$work/log" 2>&1) || status=$?
    if [[ $status -gt 1 ]]; then
        cat "$work/log" >&2
        fail "cadre-$1 ended with status $status under valgrind"
    fi
    awk '/^summary:/ {print $2; found = 1} END {exit !found}' "$work/$1.out" || {
        cat "$work/log" >&2
        fail "valgrind counted nothing for cadre-$1"
    }
}

declare -A counted
for stage in "${stages[@]}"; do
    input=()
    [[ $stage != ingest ]] || input=(--input "$work/exports")
    counted[$stage]=$(count "$stage" "${input[@]}")
done

# The bound of a stage; nothing where it has none.
bound() { awk -v s="$1" '$1 == s {print $2}' "$bounds"; }

identity="$(compiler), $(uname -m)"
if [[ ${#update[@]} -gt 0 ]]; then
    if [[ ${#update[@]} -lt ${#stages[@]} ]] && ! grep -qxF "# $identity" "$bounds"; then
        fail "the other bounds are for another compiler, not for $identity: update all"
    fi
    for stage in "${stages[@]}"; do
        [[ " ${update[*]} " == *" $stage "* ]] || counted[$stage]=$(bound "$stage")
    done
    {
        echo "# Instructions of each stage on 250 cadres, by Benchmarks/instructions.sh --update. A bound moves only with a reason in CHANGELOG.md."
        echo "# $identity"
        for stage in "${stages[@]}"; do echo "$stage ${counted[$stage]}"; done
    } >"$bounds"
    cat "$bounds"
    exit 0
fi

broken=0
for stage in "${stages[@]}"; do
    most=$(bound "$stage")
    [[ -n $most ]] || fail "$bounds has no bound for $stage; see --update"
    awk -v s="$stage" -v n="${counted[$stage]}" -v b="$most" 'BEGIN {
        printf "%-8s %14d instructions, bound %14d, %+.1f%%\n", s, n, b, (n / b - 1) * 100; exit n > 1.1 * b}' || broken=1
done
if ! grep -qxF "# $identity" "$bounds"; then
    say "SKIPPED: the bounds are for another compiler ($(sed -n '2s/^# //p' "$bounds")), not for $identity"
    exit 0
fi
[[ $broken -eq 0 ]] || fail "a stage needs over a tenth more instructions than its bound"
