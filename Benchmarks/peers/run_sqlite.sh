#!/usr/bin/env bash
# The job of exports.py in the sqlite3 shell, with its own import: run_sqlite.sh FOLDER FACTS.sqlite [--encoding E] [--quotes]
#
# It stores bytes as they come: in another encoding the words that it looks for are written in that encoding.
set -euo pipefail

folder=$1
facts=$2
encoding=utf-8
[[ ${3:-} == --encoding ]] && encoding=$4

word() { printf "CAST(x'%s' AS TEXT)" "$(printf %s "$1" | iconv -f utf-8 -t "$encoding" | od -An -v -tx1 | tr -d ' \n')"; }
columns() { python3 -c "import sys; sys.path.insert(0, '$(dirname "$0")'); import exports; print(', '.join(exports.$1))"; }

imports() { # table, columns, separator
    printf 'CREATE TABLE %s (%s);\n.separator "%s" "\\n"\n' "$1" "$(columns "$2")" "$3"
    local file
    for file in "$folder/$1".csv "$folder/$1"_*.csv; do [[ ! -e $file ]] || printf '.import --skip 1 "%s" %s\n' "$file" "$1"; done
}

marks() { printf "sum(%s != '') AS count, sum(CAST(round(%s * 100) AS INTEGER)) AS sum, sum(CAST(round(%s * 100) AS INTEGER) * CAST(round(%s * 100) AS INTEGER)) AS squares" "$1" "$1" "$1" "$1"; }

rm -f "$facts"
{
    cat <<'SQL'
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
.mode csv
SQL
    imports roster ROSTER ','
    imports posts POSTS ','
    imports units UNITS ','
    imports tasks TASKS ','
    imports ballots BALLOTS '\t'
    imports petitions PETITIONS ','
    cat <<SQL
CREATE TEMP TABLE task AS
    SELECT iif(cadre_id != '', cadre_id, 'post' || char(31) || unit || char(31) || post || char(31) || due) AS target, unit, post AS named, due AS day,
        substr(due, 1, 7) AS month, count(*) AS due_count, sum(completed = '' OR completed > due) AS overdue, $(marks quality)
    FROM tasks GROUP BY target, month;
CREATE TEMP TABLE petition AS
    SELECT CASE WHEN cadre_id != '' THEN cadre_id WHEN post != '' THEN 'post' || char(31) || unit || char(31) || post || char(31) || substr(received, 1, 10)
            ELSE 'name' || char(31) || unit || char(31) || name || char(31) || substr(received, 1, 10) END AS target,
        unit, iif(post != '', post, name) AS named, substr(received, 1, 10) AS day, substr(closed, 1, 7) AS month, count(*) AS count
    FROM petitions WHERE kind = $(word 检举控告) AND finding IN ($(word 属实), $(word 查证属实), $(word 部分属实)) GROUP BY target, month;
CREATE TEMP TABLE written AS
    SELECT target, month, 'tasks.due' AS measure, due_count AS count, 0 AS sum, 0 AS squares FROM task
    UNION ALL SELECT target, month, 'tasks.overdue', overdue, 0, 0 FROM task WHERE overdue > 0
    UNION ALL SELECT target, month, 'tasks.quality', count, sum, squares FROM task WHERE count > 0
    UNION ALL SELECT cadre_id, substr(date, 1, 7) AS month, 'ballots.score', $(marks score) FROM ballots GROUP BY cadre_id, month
    UNION ALL SELECT target, month, 'petitions.substantiated', count, 0, 0 FROM petition;
CREATE TEMP TABLE tenures AS
    SELECT p.cadre_id, u.name AS unit, p.post, r.name, p.start, iif(p.stop = '', '9999-12-31', p.stop) AS stop
    FROM posts p JOIN units u USING (unit_id) JOIN roster r USING (cadre_id);
CREATE INDEX temp.tenures_by_post ON tenures (unit, post);
CREATE INDEX temp.tenures_by_name ON tenures (unit, name);
CREATE TEMP TABLE sought AS
    SELECT target, unit, named, day FROM task WHERE instr(target, char(31))
    UNION SELECT target, unit, named, day FROM petition WHERE instr(target, char(31));
CREATE TEMP TABLE holders AS
    SELECT target, min(cadre_id) AS cadre_id FROM (
        SELECT s.target, t.cadre_id FROM sought s JOIN tenures t ON t.unit = s.unit AND t.post = s.named AND s.day BETWEEN t.start AND t.stop
            WHERE s.target LIKE 'post%'
        UNION ALL
        SELECT s.target, t.cadre_id FROM sought s JOIN tenures t ON t.unit = s.unit AND t.name = s.named AND s.day BETWEEN t.start AND t.stop
            WHERE s.target LIKE 'name%')
    GROUP BY target HAVING count(DISTINCT cadre_id) = 1;
CREATE TABLE facts AS
    SELECT cadre_id, month, measure, sum(count) AS count, sum(sum) AS sum, sum(squares) AS sum_of_squares FROM (
        SELECT target AS cadre_id, month, measure, count, sum, squares FROM written WHERE target IN (SELECT cadre_id FROM roster)
        UNION ALL SELECT h.cadre_id, month, measure, count, sum, squares FROM written JOIN holders h USING (target))
    GROUP BY cadre_id, month, measure;
SQL
} | sqlite3 -bail "$facts" >/dev/null
