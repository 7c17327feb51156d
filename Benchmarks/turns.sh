#!/usr/bin/env bash
# Two builds of a program in turns: what a change is worth, told from what the hour is worth. Docs name commits by what this prints of their builds.
#
#   Benchmarks/turns.sh FIRST SECOND [CADRES] [ROUNDS]        cadre-ingest or cadre-nightly of two checkouts, by their paths; 100000 cadres and 5 rounds where not given
#
# In each round each program makes a night into an empty folder, and one as of the next day over it; who begins changes from round to round. Beside wall and processor seconds stand the seconds in which
# processors had nothing to do (wall seconds times processors, less processor seconds), which hardly depend on the hour, and how often a thread gave up its processor. Where both make tables,
# these must be the same bytes.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Benchmarks/common.sh
needs_tools
[[ $# -ge 2 && -x $1 && -x $2 ]] || fail "name two programs, each of another build"

programs=("$(realpath "$1")" "$(realpath "$2")")
cadres=${3:-100000}
rounds=${4:-5}
build cadre-simulate
data=$(world "$cadres" utf-8 no)
pipeline=$(pipeline utf-8)
work=$benchmarks/turns
rm -rf "$work"
mkdir -p "$work"
measured=$work/measured
start_load=$(load)

# A night of a program; adds a line "round program kind wall cpu idle changes peak". Arguments: program (0 or 1), kind, day.
night() {
    local status=0 wall user system kilobytes changes
    settle
    /usr/bin/time -q -o "$work/time" -f '%e %U %S %M %w' "${programs[$1]}" "$pipeline" --as-of "$3" --input "$data" --output "$work/$1" --quiet >"$work/log" 2>&1 || status=$?
    [[ $status -le 1 ]] || {
        tail "$work/log" >&2
        fail "${programs[$1]} failed; the lines above say why"
    }
    read -r wall user system kilobytes changes < <(tail -n 1 "$work/time")
    awk -v r="$round" -v p="$1" -v k="$2" -v w="$wall" -v c="$user $system" -v n="$(nproc)" -v s="$changes" -v m="$kilobytes" \
        'BEGIN {split(c, t, " "); c = t[1] + t[2]; printf "%s %s %s %.2f %.2f %.2f %d %d\n", r, p, k, w, c, w * n - c, s, m / 1024}' >>"$measured"
}

# Digest of all tables that the last night published; nothing where the program makes none.
tables() { [[ ! -d $work/$1/current/ ]] || (cd "$work/$1/current" && find . -name '*.csv' -print0 | sort -z | xargs -0 sha256sum | sha256sum); }

for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    for turn in $((round % 2)) $(((round + 1) % 2)); do
        rm -rf "${work:?}/$turn"
        # The file system is done with what was removed.
        sleep 8
        night "$turn" first "$as_of"
        night "$turn" next "$next_day"
    done
    [[ $(tables 0) == "$(tables 1)" ]] || fail "the two programs made other tables in round $round"
done

# Median, least and most of a column. Arguments: program, kind, column, format.
cell() {
    local middle least most
    read -r middle least most < <(awk -v p="$1" -v k="$2" -v c="$3" '$2 == p && $3 == k {print $c}' "$measured" | spread)
    # shellcheck disable=SC2059
    printf " $4 ($4, $4) |" "$middle" "$least" "$most"
}

# The second program's column as a multiple of the first's in the same round. Arguments: kind, column.
multiple() {
    local middle least most
    read -r middle least most < <(awk -v k="$1" -v c="$2" '$3 == k {v[$1, $2] = $c; r[$1]} END {for (x in r) if (v[x, 0] > 0) print v[x, 1] / v[x, 0]}' "$measured" | spread)
    printf ' %.3f (%.3f, %.3f) |' "$middle" "$least" "$most"
}

echo "### $cadres cadres"
echo
echo "$(machine); $(compiler); $(date -u +%F); $rounds rounds; memory settled before each run; load of the machine at the start $start_load, at the end $(load)."
echo
echo "| night | program | wall s: median (least, most) | cpu s | idle processor s | changes of threads | peak MB |"
echo "|---|---|---|---|---|---|---|"
for kind in first next; do
    for program in 0 1; do
        printf '| %s | %s |' "$kind" "$((program + 1)): $(basename "${programs[$program]}")"
        for column in 4 5 6; do cell "$program" "$kind" "$column" %.2f; done
        for column in 7 8; do cell "$program" "$kind" "$column" %d; done
        echo
    done
    printf '| %s | 2 as a multiple of 1 |' "$kind"
    for column in 4 5 6 7 8; do multiple "$kind" "$column"; done
    echo
done
rm -rf "$work"
