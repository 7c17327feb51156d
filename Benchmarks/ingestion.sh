#!/usr/bin/env bash
# cadre-ingest beside DuckDB, Polars, chdb, pandas and the sqlite3 shell: the same job on the same files, in turns, in one call.
#
#   Benchmarks/ingestion.sh [--encoding utf-8|gb18030] [--quotes] [CADRES] [ROUNDS]        100000 cadres and 5 rounds where not given
#
# The job is counts, sums and conditional counts per cadre and month from tasks, ballots and petitions, joined to the roster, and rows that name a post
# resolved to its holder (Benchmarks/peers/exports.py). cadre-ingest does what it does every night: it reads all eighteen exports, checks every cell,
# looks for rows delivered twice, and keeps evidence and rater's marks; the peers read six of them, check nothing, and keep the facts only.
# Every round asks all for their facts as sorted lines and ends where they differ in a byte.
#
# Prints wall and processor seconds, peak memory and the ratio to cadre-ingest for each, and what the machine itself needs for the bytes: reading
# them, and counting their line ends. PEERS="duckdb polars" chooses peers; CADRE_SKIP_BUILD=1 takes the programs in .build/release as they are.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source Benchmarks/common.sh
needs_tools

encoding=utf-8
quotes=no
while [[ ${1:-} == --* ]]; do
    case $1 in
        --encoding) encoding=$2 && shift 2 ;;
        --quotes) quotes=yes && shift ;;
        *) fail "there is no option $1; see the head of this file" ;;
    esac
done
cadres=${1:-100000}
rounds=${2:-5}
read -ra peers <<<"${PEERS:-duckdb polars chdb pandas sqlite}"
measures=(tasks.due tasks.overdue tasks.quality ballots.score petitions.substantiated)
peer_options=(--encoding "$encoding")
[[ $quotes == no ]] || peer_options+=(--quotes)

build cadre-simulate cadre-ingest benchmark-facts
python=$benchmarks/venv/bin/python
if ! cmp -s Benchmarks/peers/requirements.txt "$benchmarks/venv/requirements.txt"; then
    say "installing the peers"
    rm -rf "$benchmarks/venv"
    python3 -m venv "$benchmarks/venv"
    "$python" -m pip install --quiet --requirement Benchmarks/peers/requirements.txt
    cp Benchmarks/peers/requirements.txt "$benchmarks/venv/requirements.txt"
fi

data=$(world "$cadres" "$encoding" "$quotes")
pipeline=$(pipeline "$encoding")
work=$benchmarks/ingestion
rm -rf "$work"
mkdir -p "$work"
needed=("$data"/{roster,posts,units}.csv "$data"/{tasks,ballots,petitions}_*.csv)
name=ingestion-$cadres-$encoding$([[ $quotes == yes ]] && echo -quotes || true)
measured=$work/measured
: >"$measured"

# Runs one engine and leaves its facts as sorted lines in $work/ENGINE.csv. A peer's failure is for the caller.
run() {
    rm -rf "$work/output" "$work/facts"*
    case $1 in
        cadre-ingest)
            ingest "$pipeline" "$data" "$work/output"
            rows_read "$work/output/warehouse.sqlite" tasks ballots petitions >"$work/rows"
            "$bin/benchmark-facts" "$work/output/warehouse.sqlite" "${measures[@]}"
            ;;
        sqlite)
            measure Benchmarks/peers/run_sqlite.sh "$data" "$work/facts.sqlite" "${peer_options[@]}" || return 1
            sqlite3 -batch "$work/facts.sqlite" -cmd '.mode csv' -cmd '.separator , \n' 'SELECT * FROM facts'
            ;;
        *)
            measure "$python" "Benchmarks/peers/run_$1.py" "$data" "$work/facts.parquet" "${peer_options[@]}" || return 1
            "$python" Benchmarks/peers/dump.py "$work/facts.parquet"
            ;;
    esac | LC_ALL=C sort >"$work/$1.csv"
}

# What the last line of a failure says, without paths of this machine.
reason() { grep -E '(Error|Exception)\b.*:' "$benchmarks/last.log" | head -n 1 | sed -e "s#$PWD/##g" -e 's/^\(.\{160\}\).*/\1…/' || true; }

keep() { echo "$1 $wall $cpu $peak $round" >>"$measured"; }

# Median, least and largest, over the rounds, of a column of an engine's (2 wall, 3 processor) as a multiple of cadre-ingest's in the same round.
ratio() {
    awk -v e="$1" -v c="$2" '$1 == "cadre-ingest" {own[$5] = $c} $1 == e {theirs[$5] = $c}
        END {for (r in theirs) printf "%.3f\n", theirs[r] / (own[r] > 0 ? own[r] : 0.001)}' "$measured" | spread
}

start_load=$(load)
cat "${needed[@]}" >/dev/null
declare -A cannot=()
for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    # Warm pages for everybody: the bounds come first in every round.
    measure cat "${needed[@]}" && keep reading
    measure wc -l "${needed[@]}" && keep "line-ends"
    for engine in cadre-ingest "${peers[@]}"; do
        [[ -z ${cannot[$engine]:-} ]] || continue
        # In a subshell of the pipe no variable would stay: the numbers are read again from where measure left them.
        if ! run "$engine"; then
            [[ $engine != cadre-ingest ]] || fail "cadre-ingest failed"
            cannot[$engine]=$(reason)
            [[ -n ${cannot[$engine]} ]] || cannot[$engine]="ended with an error and no message"
            continue
        fi
        read -r wall cpu peak < <(tail -n 1 "$benchmarks/last.time" | awk '{printf "%s %.2f %d\n", $1, $2 + $3, $4 / 1024}')
        keep "$engine"
        if ! cmp -s "$work/cadre-ingest.csv" "$work/$engine.csv"; then
            diff "$work/cadre-ingest.csv" "$work/$engine.csv" | head -n 10 >&2 || true
            fail "$engine has other facts than cadre-ingest: the first differences are above"
        fi
    done
done

{
    echo "### $cadres cadres, $encoding$([[ $quotes == yes ]] && echo ', every cell quoted' || true)"
    echo
    echo "$(machine); $(compiler); $(date -u +%F); $rounds rounds; memory settled before each run; load of the machine at the start $start_load, at the end $(load)."
    echo
    echo "$(<"$work/rows") events in $(du -cm "${needed[@]}" | tail -n 1 | cut -f 1) MB that all read; cadre-ingest reads $(cat "$data"/*.csv | wc -c | awk '{printf "%.0f", $1 / 1048576}') MB."
    echo "$(wc -l <"$work/cadre-ingest.csv") facts, the same in every engine and round (SHA-256 $(sha256sum "$work/cadre-ingest.csv" | cut -c 1-16)…)."
    echo
    echo "| engine | wall s: median (least, most) | cpu s | peak MB | wall as a multiple of cadre-ingest's in the same round | cpu likewise |"
    echo "|---|---|---|---|---|---|"
    for engine in reading line-ends cadre-ingest "${peers[@]}"; do
        title=$engine
        case $engine in
            reading) title="reading the bytes (cat)" ;;
            line-ends) title="counting line ends (wc -l)" ;;
            sqlite) title="sqlite3 shell $(sqlite3 --version | cut -d ' ' -f 1)" ;;
            duckdb | polars | chdb | pandas) title="$engine $(sed -n "s/^$engine==//p" Benchmarks/peers/requirements.txt)" ;;
        esac
        if [[ -n ${cannot[$engine]:-} ]]; then
            echo "| $title | cannot: \`${cannot[$engine]}\` | | | | |"
            continue
        fi
        read -r middle least most < <(awk -v e="$engine" '$1 == e {print $2}' "$measured" | spread)
        read -r seconds _ < <(awk -v e="$engine" '$1 == e {print $3}' "$measured" | spread)
        read -r memory _ < <(awk -v e="$engine" '$1 == e {print $4}' "$measured" | spread)
        read -r times from to < <(ratio "$engine" 2)
        read -r cycles cheapest dearest < <(ratio "$engine" 3)
        echo "| $title | $middle ($least, $most) | $seconds | $memory | $times ($from, $to) | $cycles ($cheapest, $dearest) |"
    done
} | tee "$results/$name.md"
