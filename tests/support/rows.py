"""Rows of tables as their files hold them: text, in one cell, whatever was measured in it."""

from collections.abc import Mapping

from bench.tables.ratios import RATIOS
from bench.tables.schema import SCHEMA, Table
from bench.tables.statistics import STATISTICS
from bench.tables.timings import TIMINGS

Fields = dict[str, str]
CELL = {"schema": SCHEMA, "objective": "squared_error", "latent": "shared", "sampler": "iid", "sigma": "0.5"}


def row(table: Table, **fields: str) -> Fields:
    """A row of a table; what is not named and not of the cell is empty."""
    content: Mapping[str, str] = CELL | fields
    return {column: content.get(column, "") for column in table.columns}


def statistic(estimator: str, **fields: str) -> Fields:
    return row(STATISTICS, estimator=estimator, **{"status": "ok"} | fields)


def ratio(numerator: str, **fields: str) -> Fields:
    return row(RATIOS, numerator=numerator, **{"denominator": "pathwise", "status": "ok"} | fields)


def timing(estimator: str, evaluation: str, **fields: str) -> Fields:
    return row(TIMINGS, estimator=estimator, evaluation=evaluation, **{"time_ratio": "1.5"} | fields)
