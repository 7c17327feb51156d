#!/usr/bin/env bash
# Installs the system packages that the build needs, and only those that are missing. Says nothing when nothing is missing.
# Needs root or sudo only when something has to be installed.
set -euo pipefail

packages=(libcsv-dev libsqlite3-dev libboost-dev)

say() { printf 'setup: %s\n' "$*" >&2; }

if ! command -v swift >/dev/null; then
    say "there is no swift on the PATH; install Swift 6.2 or newer (https://www.swift.org/install), or put its bin folder on the PATH (cron's PATH is short)"
    exit 1
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "this is not a Debian or Ubuntu system; install what matches ${packages[*]} by hand, then call 'swift build'"
    exit 1
fi

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $status == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) -eq 0 ]]; then
    as_root=(env DEBIAN_FRONTEND=noninteractive)
elif command -v sudo >/dev/null; then
    as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
else
    say "these packages are missing, and this account is neither root nor has sudo: ${missing[*]}"
    say "ask an administrator to run: apt-get install --no-install-recommends ${missing[*]}"
    exit 1
fi

say "installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    cat "$log" >&2
    say "installing failed; the lines above say why"
    exit 1
fi
