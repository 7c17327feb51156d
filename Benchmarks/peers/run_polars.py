"""The job in Polars: lazy and streaming, where the encoding lets it be."""

import polars as pl
from exports import ACCUSATION, BALLOTS, FOUND_TRUE, NO_END, PETITIONS, POSTS, ROSTER, SEPARATOR, TASKS, UNITS, arguments

exports, facts = arguments()
KEY = ["target", "month"]


def table(stem, columns, delimiter=",", **types):
    options = dict(has_header=False, skip_rows=1, separator=delimiter, schema={name: types.get(name, pl.String) for name in columns})
    if exports.encoding == "utf-8":
        # A file at a time: skip_rows is that of the first one only where many are scanned together.
        return pl.concat([pl.scan_csv(path, **options) for path in exports.files(stem)])
    # Only the eager reader knows other encodings.
    return pl.concat([pl.read_csv(path, encoding=exports.encoding, **options) for path in exports.files(stem)]).lazy()


def marks(name):
    value = (pl.col(name) * 100).round().cast(pl.Int64)
    return [value.count().cast(pl.Int64).alias("count"), value.sum().alias("sum"), (value * value).sum().alias("squares")]


def joined(kind, *columns):
    return pl.concat_str([pl.lit(kind), *columns], separator=SEPARATOR)


def counted(frame, measure, column):
    zero = pl.lit(0, dtype=pl.Int64)
    return frame.filter(pl.col(column) > 0).select(*KEY, pl.lit(measure).alias("measure"), pl.col(column).cast(pl.Int64).alias("count"), zero.alias("sum"), zero.alias("squares"))


late = pl.col("completed").is_null() | (pl.col("completed") > pl.col("due"))
tasks = (
    table("tasks", TASKS, quality=pl.Float64)
    .select(
        pl.coalesce("cadre_id", joined("post", "unit", "post", "due")).alias("target"), pl.col("due").str.slice(0, 7).alias("month"), late.alias("late"),
        "quality")
    .group_by(KEY).agg(pl.len().alias("due"), pl.col("late").sum().alias("overdue"), *marks("quality"))
)
ballots = (
    table("ballots", BALLOTS, "\t", score=pl.Float64)
    .select(pl.col("cadre_id").alias("target"), pl.col("date").str.slice(0, 7).alias("month"), "score")
    .group_by(KEY).agg(marks("score"))
)
day = pl.col("received").str.slice(0, 10)
petitions = (
    table("petitions", PETITIONS)
    .filter((pl.col("kind") == ACCUSATION) & pl.col("finding").is_in(FOUND_TRUE))
    .select(
        pl.coalesce("cadre_id", joined("post", "unit", "post", day), joined("name", "unit", "name", day)).alias("target"),
        pl.col("closed").str.slice(0, 7).alias("month"))
    .group_by(KEY).agg(pl.len().alias("count"))
)
roster, tenures, tasks, ballots, petitions = pl.collect_all(
    [
        table("roster", ROSTER).select("cadre_id", "name"),
        table("posts", POSTS).join(table("units", UNITS).select("unit_id", unit="name"), on="unit_id")
        .select("cadre_id", "unit", "post", "start", pl.col("stop").fill_null(NO_END)),
        tasks, ballots, petitions,
    ], engine="streaming")
tenures = tenures.join(roster, on="cadre_id")

written = pl.concat([
    counted(tasks, "tasks.due", "due"), counted(tasks, "tasks.overdue", "overdue"),
    tasks.filter(pl.col("count") > 0).select(*KEY, pl.lit("tasks.quality").alias("measure"), "count", "sum", "squares"),
    ballots.select(*KEY, pl.lit("ballots.score").alias("measure"), "count", "sum", "squares"),
    counted(petitions, "petitions.substantiated", "count"),
])
sought = (
    written.select("target").unique().filter(pl.col("target").str.contains(SEPARATOR, literal=True))
    .with_columns(pl.col("target").str.split_exact(SEPARATOR, 3).struct.rename_fields(["kind", "unit", "named", "day"]).alias("part")).unnest("part")
)
holders = (
    pl.concat([
        sought.filter(pl.col("kind") == kind).join(tenures, left_on=["unit", "named"], right_on=["unit", kind]).select("target", "day", "cadre_id", "start", "stop")
        for kind in ["post", "name"]
    ])
    .filter(pl.col("day").is_between("start", "stop"))
    .group_by("target").agg(pl.col("cadre_id").n_unique().alias("people"), pl.col("cadre_id").min()).filter(pl.col("people") == 1).select("target", "cadre_id")
)
named = written.join(roster, left_on="target", right_on="cadre_id", how="semi").rename({"target": "cadre_id"})
resolved = written.join(holders, on="target").select(named.columns)
(
    pl.concat([named, resolved]).group_by("cadre_id", "month", "measure")
    .agg(pl.col("count").sum(), pl.col("sum").sum(), pl.col("squares").sum().alias("sum_of_squares"))
    .write_parquet(facts)
)
