"""Prints the facts of a Parquet file as the lines that all must agree on, in any order: cadre,month,measure,count,sum,sum of squares."""

import sys

import duckdb

duckdb.sql(f"SELECT cadre_id, month, measure, count, sum, sum_of_squares FROM '{sys.argv[1]}'").write_csv("/dev/stdout", header=False)
