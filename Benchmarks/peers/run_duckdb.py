"""The job in DuckDB."""

import duckdb
from exports import ACCUSATION, BALLOTS, FOUND_TRUE, NO_END, PETITIONS, POSTS, ROSTER, TASKS, UNITS, arguments

exports, facts = arguments()
# Nothing else is to be had on the machine of an export: an encoding that would have to be downloaded is one that it cannot read.
database = duckdb.connect(config={"autoinstall_known_extensions": "false"})


def table(stem, columns, delimiter=",", **types):
    named = ", ".join(f"'{name}': '{types.get(name, 'VARCHAR')}'" for name in columns)
    files = ", ".join(f"'{path}'" for path in exports.files(stem))
    encoding = "" if exports.encoding == "utf-8" else f", encoding='{exports.encoding}'"
    return f"""read_csv([{files}], auto_detect=false, header=false, skip=1, delim='{delimiter}', quote='"', escape='"', columns={{{named}}}{encoding})"""


def marks(name):
    return f"count({name}) AS count, coalesce(sum(round({name} * 100)::BIGINT), 0) AS sum, coalesce(sum(round({name} * 100)::BIGINT ** 2)::BIGINT, 0) AS squares"


words = ", ".join(f"'{word}'" for word in FOUND_TRUE)
database.execute(f"""
    CREATE TEMP TABLE roster AS SELECT cadre_id, name FROM {table("roster", ROSTER)};
    CREATE TEMP TABLE tenures AS
        SELECT p.cadre_id, u.name AS unit, p.post, r.name, p.start, coalesce(p.stop, '{NO_END}') AS stop
        FROM {table("posts", POSTS)} p JOIN {table("units", UNITS)} u USING (unit_id) JOIN roster r USING (cadre_id);
    CREATE TEMP TABLE written AS
        WITH task AS (
            SELECT coalesce(cadre_id, concat_ws(chr(31), 'post', unit, post, due)) AS target, left(due, 7) AS month, count(*) AS due,
                count(*) FILTER (completed IS NULL OR completed > due) AS overdue, {marks("quality")}
            FROM {table("tasks", TASKS, quality="DOUBLE")} GROUP BY ALL)
        SELECT target, month, 'tasks.due' AS measure, due AS count, 0 AS sum, 0 AS squares FROM task
        UNION ALL SELECT target, month, 'tasks.overdue', overdue, 0, 0 FROM task WHERE overdue > 0
        UNION ALL SELECT target, month, 'tasks.quality', count, sum, squares FROM task WHERE count > 0
        UNION ALL
            SELECT cadre_id, left(date, 7), 'ballots.score', {marks("score")}
            FROM {table("ballots", BALLOTS, chr(9), score="DOUBLE")} GROUP BY ALL
        UNION ALL
            SELECT coalesce(
                    cadre_id, CASE WHEN post IS NULL THEN concat_ws(chr(31), 'name', unit, name, left(received, 10))
                    ELSE concat_ws(chr(31), 'post', unit, post, left(received, 10)) END),
                left(closed, 7), 'petitions.substantiated', count(*), 0, 0
            FROM {table("petitions", PETITIONS)} WHERE kind = '{ACCUSATION}' AND finding IN ({words}) GROUP BY ALL;
    CREATE TEMP TABLE holders AS
        WITH sought AS (SELECT target, string_split(target, chr(31)) AS part FROM (SELECT DISTINCT target FROM written WHERE contains(target, chr(31))))
        SELECT target, min(cadre_id) AS cadre_id FROM (
            SELECT s.target, t.cadre_id FROM sought s JOIN tenures t ON t.unit = s.part[2] AND t.post = s.part[3] AND s.part[4] BETWEEN t.start AND t.stop
                WHERE s.part[1] = 'post'
            UNION ALL
            SELECT s.target, t.cadre_id FROM sought s JOIN tenures t ON t.unit = s.part[2] AND t.name = s.part[3] AND s.part[4] BETWEEN t.start AND t.stop
                WHERE s.part[1] = 'name')
        GROUP BY target HAVING count(DISTINCT cadre_id) = 1;
    COPY (
        SELECT cadre_id, month, measure, sum(count)::BIGINT AS count, sum(sum)::BIGINT AS sum, sum(squares)::BIGINT AS sum_of_squares FROM (
            SELECT w.target AS cadre_id, w.* EXCLUDE target FROM written w SEMI JOIN roster r ON r.cadre_id = w.target
            UNION ALL SELECT h.cadre_id, w.* EXCLUDE target FROM written w JOIN holders h USING (target))
        GROUP BY ALL) TO '{facts}' (FORMAT parquet);
    """)
