"""The job in ClickHouse as a library (chdb). It reads bytes: in another encoding the words that it looks for are written in that encoding."""

import os

from chdb.session import Session
from exports import ACCUSATION, BALLOTS, FOUND_TRUE, NO_END, PETITIONS, POSTS, ROSTER, TASKS, UNITS, arguments

exports, facts = arguments()
session = Session()


def word(text):
    return f"unhex('{text.encode(exports.encoding).hex()}')"


def table(stem, columns, form="CSV", **types):
    named = ", ".join(f"`{name}` {types.get(name, 'String')}" for name in columns)
    files = ",".join(os.path.basename(path) for path in exports.files(stem))
    return f"file('{exports.folder}/{{{files}}}', '{form}', '{named}')"


# Its CSV format refuses tabs, and its TSV format knows no quotes: quoted cells between tabs go the slower way of custom separators.
TABBED = "CustomSeparatedWithNames" if exports.quotes else "TSV"
READING = """SETTINGS input_format_csv_skip_first_lines = 1, input_format_tsv_skip_first_lines = 1, input_format_with_names_use_header = 0,
    format_custom_escaping_rule = 'CSV', format_custom_field_delimiter = '\t'"""


def marks(name):
    value = f"toInt64(round({name} * 100))"
    return f"toInt64(count({name})) AS count, ifNull(sum({value}), 0) AS sum, ifNull(sum({value} * {value}), 0) AS squares"


def keep(name, query):
    session.query(f"CREATE TABLE {name} ENGINE = Memory AS {query} {READING}")


DAY = "left(received, 10)"
session.query("CREATE DATABASE work ENGINE = Atomic; USE work")
keep("roster", f"SELECT cadre_id, name FROM {table('roster', ROSTER)}")
keep("units", f"SELECT unit_id, name FROM {table('units', UNITS)}")
keep("posts", f"SELECT cadre_id, unit_id, post, start, if(stop = '', '{NO_END}', stop) AS stop FROM {table('posts', POSTS)}")
keep("task", f"""
    SELECT if(cadre_id != '', cadre_id, concat('post', char(31), unit, char(31), post, char(31), due)) AS target, left(due, 7) AS month,
        toInt64(count()) AS due_count, toInt64(countIf(completed = '' OR completed > due)) AS overdue, {marks("quality")}
    FROM {table("tasks", TASKS, quality="Nullable(Float64)")} GROUP BY target, month""")
keep("ballot", f"""
    SELECT cadre_id AS target, left(date, 7) AS month, {marks("score")} FROM {table("ballots", BALLOTS, TABBED, score="Float64")} GROUP BY target, month""")
keep("petition", f"""
    SELECT multiIf(cadre_id != '', cadre_id, post != '', concat('post', char(31), unit, char(31), post, char(31), {DAY}),
            concat('name', char(31), unit, char(31), name, char(31), {DAY})) AS target, left(closed, 7) AS month, toInt64(count()) AS count
    FROM {table("petitions", PETITIONS)} WHERE kind = {word(ACCUSATION)} AND finding IN ({", ".join(map(word, FOUND_TRUE))}) GROUP BY target, month""")
nothing = "toInt64(0) AS sum, toInt64(0) AS squares"
session.query(f"""
    CREATE TABLE written ENGINE = Memory AS
    SELECT target, month, 'tasks.due' AS measure, due_count AS count, {nothing} FROM task
    UNION ALL SELECT target, month, 'tasks.overdue', overdue, {nothing} FROM task WHERE overdue > 0
    UNION ALL SELECT target, month, 'tasks.quality', count, sum, squares FROM task WHERE count > 0
    UNION ALL SELECT target, month, 'ballots.score', count, sum, squares FROM ballot
    UNION ALL SELECT target, month, 'petitions.substantiated', count, {nothing} FROM petition""")
session.query("""
    CREATE TABLE tenures ENGINE = Memory AS
    SELECT p.cadre_id AS cadre_id, u.name AS unit, p.post AS post, r.name AS name, p.start AS start, p.stop AS stop
    FROM posts p JOIN units u ON u.unit_id = p.unit_id JOIN roster r ON r.cadre_id = p.cadre_id""")
session.query("""
    CREATE TABLE holders ENGINE = Memory AS
    WITH sought AS (SELECT DISTINCT target, splitByChar(char(31), target) AS part FROM written WHERE position(target, char(31)) > 0)
    SELECT f.target AS target, min(f.cadre_id) AS cadre_id FROM (
        SELECT s.target AS target, t.cadre_id AS cadre_id FROM (SELECT * FROM sought WHERE part[1] = 'post') s
            JOIN tenures t ON t.unit = s.part[2] AND t.post = s.part[3] WHERE s.part[4] BETWEEN t.start AND t.stop
        UNION ALL
        SELECT s.target, t.cadre_id FROM (SELECT * FROM sought WHERE part[1] = 'name') s
            JOIN tenures t ON t.unit = s.part[2] AND t.name = s.part[3] WHERE s.part[4] BETWEEN t.start AND t.stop) f
    GROUP BY f.target HAVING uniqExact(f.cadre_id) = 1""")
session.query(f"""
    INSERT INTO FUNCTION file('{facts}', 'Parquet')
    SELECT cadre_id, month, measure, sum(w.count) AS count, sum(w.sum) AS sum, sum(w.squares) AS sum_of_squares FROM (
        SELECT target AS cadre_id, month, measure, count, sum, squares FROM written WHERE target IN (SELECT cadre_id FROM roster)
        UNION ALL
        SELECT h.cadre_id, w.month, w.measure, w.count, w.sum, w.squares FROM written w JOIN holders h ON h.target = w.target) w
    GROUP BY cadre_id, month, measure SETTINGS output_format_parquet_string_as_string = 1, engine_file_truncate_on_insert = 1""")
