"""What every peer is told about the exports: folder, encoding, columns by place, and the words that a condition asks for.

The job, the same in every peer. From the tasks, ballots and petitions of a folder, per cadre of the roster and month:

    tasks.due                  tasks with a deadline in the month
    tasks.overdue              of these, those not completed, or completed after the deadline
    tasks.quality              marks of those accepted: count, sum, sum of squares
    ballots.score              marks: count, sum, sum of squares
    petitions.substantiated    accusations found true or partly true, in the month they were closed in

A row that names no cadre but a unit and a post, or a unit and a name, counts for the one person who held the post, or bore the name in the unit, on the
day: of the deadline, of the petition's receipt. Where nobody fits, or several do, it counts for nobody. Marks are summed in hundredths.

The facts go to a Parquet file: cadre_id, month (2026-10), measure, count, sum, sum_of_squares; no measure without a row.
"""

import argparse
import glob
import os

TASKS = ["record_id", "cadre_id", "unit", "post", "contest_field", "due", "completed", "quality", "reform"]
BALLOTS = ["rater_id", "cadre_id", "date", "score"]
PETITIONS = [
    "record_id", "petitioner", "id_number", "phone", "address", "cadre_id", "unit", "post", "name", "kind", "content", "received", "accepted", "due",
    "closed", "finding", "handling_unit", "reform",
]
ROSTER = [
    "number", "cadre_id", "name", "sex", "birth_date", "ethnic_group", "id_number", "rank", "service_class", "unit_id", "specialty", "entry_date", "status",
    "phone", "address", "marital_status",
]
POSTS = ["cadre_id", "unit_id", "post", "post_type", "rank", "start", "stop", "document"]
UNITS = ["unit_id", "name", "kind", "parent_id", "division_code", "hardship", "staff", "aliases", "former_names", "remark"]

ACCUSATION = "检举控告"
FOUND_TRUE = ["属实", "查证属实", "部分属实"]

# Joins unit, post or name, and day into one key: no export has this character.
SEPARATOR = "\x1f"
# The last day of a post that lasts.
NO_END = "9999-12-31"


class Exports:
    """The files of one folder, in order, how they are encoded, and whether every cell is quoted."""

    def __init__(self, folder, encoding, quotes):
        self.folder = folder
        self.encoding = encoding
        self.quotes = quotes

    def files(self, stem):
        return sorted(glob.glob(os.path.join(self.folder, stem + "_*.csv"))) or [os.path.join(self.folder, stem + ".csv")]


def arguments():
    """The folder of the exports and the Parquet file to write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("facts")
    parser.add_argument("--encoding", default="utf-8", choices=["utf-8", "gb18030"])
    parser.add_argument("--quotes", action="store_true")
    given = parser.parse_args()
    return Exports(given.folder, given.encoding, given.quotes), given.facts
