#!/usr/bin/env bash
# Everything that is checked before a change is taken: set-up, lint, the rules of the house, a build without warnings, all tests,
# and instructions counted against their bounds (where valgrind is installed).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
started=$SECONDS

step() { printf '== %s\n' "$*"; }
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# Libraries of ours that each library may import; the floors of the house.
declare -A floors=(
    [Tables]="CByteMasks CLibCSV"
    [PipelineModel]=""
    [Statistics]="CSpecialFunctions"
    [Warehouse]="PipelineModel"
    [Ingestion]="CPrefetch Tables PipelineModel Warehouse Statistics"
    [Appraisal]="PipelineModel Warehouse Statistics"
    [Flagging]="PipelineModel Warehouse Statistics"
    [Mechanisms]="PipelineModel Warehouse Statistics"
    [Reporting]="Tables PipelineModel Warehouse Statistics"
    [Nightly]="PipelineModel Warehouse Ingestion Appraisal Flagging Mechanisms Reporting"
    [Simulation]="Tables PipelineModel Statistics"
    [Validation]="Tables PipelineModel Warehouse Ingestion Appraisal Simulation Statistics"
    [CommandLineInterface]="Nightly PipelineModel CMalloc"
)

# Prints what breaks the rules of the house, one line each.
broken_rules() {
    local file folder library imported name lines
    while IFS= read -r -d '' file; do
        lines=$(wc -l <"$file")
        ((lines <= 400)) || echo "$file has $lines lines; split it, 400 are the most"
    done < <(find Sources Tests -name '*.swift' -print0)

    for folder in Sources/*/; do
        library=$(basename "$folder")
        case $library in
            C[A-Z]* | cadre-*) [[ $library == Command* ]] || continue ;;
        esac
        if [[ -z ${floors[$library]+known} ]]; then
            echo "Sources/$library has no floor; say in scripts/test.sh what it may import"
            continue
        fi
        while IFS=: read -r file imported; do
            for name in "${!floors[@]}" CByteMasks CLibCSV CMalloc CPrefetch CSpecialFunctions; do
                [[ $imported == "$name" && " ${floors[$library]} " != *" $name "* ]] && echo "$file imports $name, which is not below $library"
            done
            [[ $imported == ArgumentParser && $library != CommandLineInterface ]] && echo "$file imports ArgumentParser; only executables parse arguments"
        done < <(grep -rHE '^ *((public|internal|package|private|fileprivate|@testable|@preconcurrency) +)*import +' --include='*.swift' "$folder" \
            | sed -E 's/^([^:]*):.*import +((struct|class|enum|protocol|func|var|let|typealias) +)?([A-Za-z_]+).*/\1:\4/' | sort -u)
        grep -rnE '(^|[^.[:alnum:]_`])(print|debugPrint|dump|fatalError)\(' --include='*.swift' "$folder" \
            | grep -vE '^[^:]*:[0-9]+: *//' | sed 's/$/   <- a library does not print, nor end the program/' || true
    done

    for file in Sources/cadre-*/*.swift; do
        lines=$(wc -l <"$file")
        ((lines <= 60)) || echo "$file has $lines lines; an executable has 60 at most"
    done
}

step "set-up"
scripts/setup.sh

step "lint"
swift format lint --strict --recursive --parallel Sources Tests Benchmarks Package.swift || fail "swift format lint"

step "rules of the house"
broken=$(broken_rules)
[[ -z $broken ]] || fail "rules of the house"$'\n'"$broken"

step "build, warnings being errors"
swift build --build-tests || fail "swift build"

if [[ -d ../shared ]]; then step "tests, with those that need ../shared"; else step "tests, without those that need ../shared, which is not here"; fi
swift test --skip-build || fail "swift test"

step "instructions of a small night, release build"
Benchmarks/instructions.sh || fail "Benchmarks/instructions.sh"

step "all passed in $((SECONDS - started)) s"
