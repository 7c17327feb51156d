"""The job in pandas."""

import numpy as np
import pandas as pd
from exports import ACCUSATION, BALLOTS, FOUND_TRUE, NO_END, PETITIONS, POSTS, ROSTER, SEPARATOR, TASKS, UNITS, arguments

exports, facts = arguments()
KEY = ["target", "month"]


def table(stem, columns, used, delimiter=",", **types):
    kinds = {name: types.get(name, "str") for name in used}
    options = dict(header=None, skiprows=1, names=columns, usecols=used, sep=delimiter, dtype=kinds, encoding=exports.encoding, na_values=[""], keep_default_na=False)
    return pd.concat([pd.read_csv(path, **options) for path in exports.files(stem)], ignore_index=True)


def keyed(frame, day, kinds):
    """The cadre where one is named; else what names one, with the day."""
    target = frame["cadre_id"]
    for kind in kinds:
        target = target.fillna(kind + SEPARATOR + frame["unit"] + SEPARATOR + frame[kind] + SEPARATOR + day)
    return target


def fact(groups, measure, count, sums=None):
    result = groups[count].rename("count").to_frame()
    result[["sum", "squares"]] = groups[list(sums)].to_numpy() if sums else 0
    result = result[result["count"] > 0].reset_index()
    return result.assign(measure=measure)


def marked(frame, column):
    value = np.round(frame[column] * 100)
    return frame.assign(value=value, square=value * value)


tasks = table("tasks", TASKS, ["cadre_id", "unit", "post", "due", "completed", "quality"], quality="float64")
tasks = marked(tasks, "quality").assign(
    target=keyed(tasks, tasks["due"], ["post"]), month=tasks["due"].str[:7],
    late=tasks["completed"].isna() | (tasks["completed"] > tasks["due"]))
tasks = tasks.groupby(KEY, sort=False).agg(due=("due", "size"), late=("late", "sum"), marks=("value", "count"), sum=("value", "sum"), squares=("square", "sum"))
ballots = table("ballots", BALLOTS, ["cadre_id", "date", "score"], "\t", score="float64")
ballots = marked(ballots, "score").assign(target=ballots["cadre_id"], month=ballots["date"].str[:7])
ballots = ballots.groupby(KEY, sort=False).agg(marks=("value", "count"), sum=("value", "sum"), squares=("square", "sum"))
petitions = table("petitions", PETITIONS, ["cadre_id", "unit", "post", "name", "kind", "received", "closed", "finding"])
petitions = petitions[(petitions["kind"] == ACCUSATION) & petitions["finding"].isin(FOUND_TRUE)]
petitions = petitions.assign(target=keyed(petitions, petitions["received"].str[:10], ["post", "name"]), month=petitions["closed"].str[:7])
petitions = petitions.groupby(KEY, sort=False).agg(marks=("kind", "size"))

written = pd.concat([
    fact(tasks, "tasks.due", "due"), fact(tasks, "tasks.overdue", "late"), fact(tasks, "tasks.quality", "marks", ("sum", "squares")),
    fact(ballots, "ballots.score", "marks", ("sum", "squares")), fact(petitions, "petitions.substantiated", "marks"),
], ignore_index=True)

roster = table("roster", ROSTER, ["cadre_id", "name"])
units = table("units", UNITS, ["unit_id", "name"]).rename(columns={"name": "unit"})
tenures = table("posts", POSTS, ["cadre_id", "unit_id", "post", "start", "stop"]).merge(units, on="unit_id").merge(roster, on="cadre_id")
tenures["stop"] = tenures["stop"].fillna(NO_END)
sought = pd.Series(written["target"].unique())
sought = sought[sought.str.contains(SEPARATOR, regex=False)]
sought = pd.concat([sought.rename("target"), sought.str.split(SEPARATOR, expand=True).set_axis(["kind", "unit", "named", "day"], axis=1)], axis=1)
found = pd.concat([sought[sought["kind"] == kind].merge(tenures, left_on=["unit", "named"], right_on=["unit", kind]) for kind in ["post", "name"]])
found = found[(found["start"] <= found["day"]) & (found["day"] <= found["stop"])].drop_duplicates(["target", "cadre_id"])
holders = found[~found["target"].duplicated(keep=False)][["target", "cadre_id"]]
named = written[written["target"].isin(roster["cadre_id"])].rename(columns={"target": "cadre_id"})
resolved = written.merge(holders, on="target").drop(columns="target")
result = pd.concat([named, resolved]).groupby(["cadre_id", "month", "measure"], sort=False, as_index=False).sum()
result = result.rename(columns={"squares": "sum_of_squares"}).astype({"count": "int64", "sum": "int64", "sum_of_squares": "int64"})
result.to_parquet(facts, index=False)
