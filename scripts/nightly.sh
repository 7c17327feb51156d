#!/usr/bin/env bash
# The main job, and what cron calls: installs what is missing, builds in release mode, runs the night, prints where the lists are.
#
#   scripts/nightly.sh [PIPELINE.yaml] [arguments of cadre-nightly]
#
# Without arguments it runs pipelines/nightly.yaml over sample-data/, for the day that the sample was made for (sample-data/as-of).
# It works in the root of the checkout. Paths on the command line (PIPELINE.yaml, --input, --output) mean what they mean where the caller stands;
# paths in the pipeline's file, and the defaults, are relative to the checkout. Ends with the exit status of cadre-nightly; 70 if the set-up or the build fails.
#
# In a crontab, with the folder of swift on the PATH:
#   PATH=/opt/swift/usr/bin:/usr/bin:/bin
#   15 1 * * *  /srv/cadre-pipeline/scripts/nightly.sh /srv/cadre/nightly.yaml --quiet
set -euo pipefail

caller=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

absolute() {
    case $1 in
        /*) printf '%s' "$1" ;;
        *) printf '%s' "$caller/$1" ;;
    esac
}

pipeline=pipelines/nightly.yaml
own_choice=false
if [[ $# -gt 0 && $1 =~ \.ya?ml$ ]]; then
    # A pipeline of the checkout may be named from anywhere.
    if [[ -e $(absolute "$1") || ! -e $1 ]]; then pipeline=$(absolute "$1"); else pipeline=$1; fi
    own_choice=true
    shift
fi

arguments=()
while [[ $# -gt 0 ]]; do
    case $1 in
        --input | --output)
            [[ $1 == --input ]] && own_choice=true
            arguments+=("$1")
            if [[ $# -gt 1 ]]; then
                shift
                arguments+=("$(absolute "$1")")
            fi
            ;;
        --input=* | --output=*)
            [[ $1 == --input=* ]] && own_choice=true
            arguments+=("${1%%=*}=$(absolute "${1#*=}")")
            ;;
        --as-of | --as-of=*)
            own_choice=true
            arguments+=("$1")
            ;;
        *) arguments+=("$1") ;;
    esac
    shift
done
if [[ $own_choice == false ]]; then arguments+=(--as-of "$(<sample-data/as-of)"); fi

scripts/setup.sh || exit 70

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! swift build -c release --product cadre-nightly >"$log" 2>&1; then
    cat "$log" >&2
    echo "nightly: the build failed; the lines above say why. Last night's output stands." >&2
    exit 70
fi
rm -f "$log"
trap - EXIT

exec .build/release/cadre-nightly "$pipeline" "${arguments[@]}"
