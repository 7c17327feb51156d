#!/usr/bin/env bash
# Writes docs/benchmarks.md from the results that the other benchmarks left under .build/benchmarks/results/.
#
#   Benchmarks/report.sh [RESULT ...]        all results where none is named, such as ingestion-100000-utf-8 or scale
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Benchmarks/common.sh

# The results of one kind, the largest world first, and UTF-8 before others.
section() {
    local name
    find "$results" -name "$1*.md" -printf '%f\n' | sed 's/\.md$//' | sort -t - -k 2,2nr -k 3,3r -k 4 | while read -r name; do
        [[ ${#chosen[@]} -eq 0 || " ${chosen[*]} " == *" $name "* ]] || continue
        cat "$results/$name.md"
        echo
    done
}

chosen=("$@")
[[ -n $(find "$results" -name '*.md') ]] || fail "there are no results yet; run Benchmarks/ingestion.sh first"
{
    cat <<'TEXT'
# Benchmarks

Written by `Benchmarks/report.sh` from what the other scripts measured; edit those, not this. How each measures is at its head.

| command | measures |
|---|---|
| `Benchmarks/ingestion.sh [--encoding E] [--quotes] [CADRES] [ROUNDS]` | ingestion beside DuckDB, Polars, chdb, pandas and the sqlite3 shell, in turns |
| `Benchmarks/warm.sh [CADRES] [ROUNDS]` | a night after a night: 1% appended, one row changed, nothing changed |
| `Benchmarks/night.sh [CADRES] [ROUNDS]` | all stages of a whole night, the first one and the next over it |
| `Benchmarks/scale.sh [CADRES ...]` | time per row and memory as the world grows |
| `Benchmarks/instructions.sh` | instructions of each stage on a small night, held to `Benchmarks/instructions.txt` by `scripts/test.sh` |
| `Benchmarks/turns.sh FIRST SECOND [CADRES] [ROUNDS]` | two builds of a program in turns: what a change is worth; on the terminal, not here |
| `Benchmarks/appraisal.sh [CADRES] [ROUNDS]` | the stages after ingestion, with some 200 groups of peers and eight indicators at 100,000 cadres |

The goals are for 100,000 cadres on two cores that do nothing else: cold ingestion in a third of the fastest peer's wall time and 300 MB; 5% of that for a night
with 1% more rows, under a second for one with none; a whole night in twice the time of its ingestion; time per row within 20% from 10,000 to 1,000,000 cadres; analysis and flagging together in 20 s and 1 GB. Tables of smaller worlds show that the
benchmark works, and how far there is to go, but settle none of these. Where the load is far over the number of cores, others were at work on the
machine: wall times then say little, and processor seconds more. Tables that say so were measured with memory filled and given back before each run (`settle` in `Benchmarks/common.sh`), so that no engine
waits for the host of a virtual machine to give it memory that the one before it had just used.

## The job

Counts, sums and conditional counts per cadre and month, from three exports with 100 ballots, 60 tasks and 20 petitions a cadre and year, joined to the roster:
tasks due, overdue and their marks; ballots' marks with their squares; accusations found true, by the month of the finding. A task or petition that names a
post or a name in a unit counts for whoever held or bore it on the day. Every engine finds the holders; the facts of all are compared
byte for byte in every round, so that all have done the same job. The exports are tidy (`cadre-simulate --tidy`), because the peers check nothing.

The job is easier for the peers: they read six exports and leave one Parquet file (the sqlite3 shell one table). `cadre-ingest` reads all eighteen, checks every
cell against its contract, finds rows delivered twice, and keeps evidence of every adverse row, each rater's marks and the account of every file in a
database that survives a crash. Peers that know an encoding by name are told it; those that read bytes look for words in the bytes of the encoding.
DuckDB has few encodings of its own and downloads an extension for others, which a machine that holds such exports cannot do.

TEXT
    echo "## Ingestion beside peers"
    echo
    section ingestion-
    echo "## A night after a night"
    echo
    section warm-
    echo "## The whole night"
    echo
    section night-
    echo "## Size"
    echo
    section scale
    echo "## The stages after ingestion"
    echo
    section appraisal-
    echo "## Instructions"
    echo
    echo "On 250 cadres and 12 months, $(sed -n '2s/^# //p' Benchmarks/instructions.txt); \`scripts/test.sh\` refuses a tenth more."
    echo
    echo "| stage | instructions |"
    echo "|---|---|"
    grep -v '^#' Benchmarks/instructions.txt | while read -r stage number; do echo "| $stage | $(printf "%'d" "$number") |"; done
} >docs/benchmarks.md
say "wrote docs/benchmarks.md"
