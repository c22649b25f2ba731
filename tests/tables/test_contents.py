"""The tables of a run: their headers to the letter, and the rows that one of them implies in another."""

from pathlib import Path

import pytest

from bench.tables import integrity
from bench.tables.contents import TABLES
from bench.tables.csv import to_csv
from bench.tables.schema import SCHEMA, Table
from bench.tables.shape import Fields
from tests.support.command import Outcome

HEADERS = {
    "statistics": "schema,objective,variant,latent,data,sampler,estimator,parameter,mu,sigma,dataset_size,samples,"
    "dimension,replicates,gradient,gradient_se,exact_gradient,gradient_z,variance,variance_low,variance_high,"
    "exact_variance,variance_z,kurtosis,status",
    "ratios": "schema,objective,variant,latent,data,sampler,numerator,denominator,parameter,mu,sigma,dataset_size,"
    "samples,dimension,replicates,variance_ratio,variance_ratio_low,variance_ratio_high,exact_variance_ratio,status",
    "timings": "schema,objective,variant,latent,evaluation,sampler,estimator,dataset_size,samples,dimension,rounds,"
    "compile_s,draw_ns,kernel_ns,estimate_ns,estimate_ns_low,estimate_ns_high,time_ratio,time_ratio_low,"
    "time_ratio_high",
    "efficiency": "schema,objective,variant,latent,data,sampler,numerator,denominator,parameter,mu,sigma,dataset_size,"
    "samples,dimension,evaluation,variance_ratio,time_ratio,efficiency_ratio,efficiency_ratio_low,"
    "efficiency_ratio_high",
}


def test_the_schema_is_the_one_that_readers_know() -> None:
    """A change of these columns breaks what others have built on them: raise SCHEMA with it."""
    assert {name: to_csv(name, []) for name in TABLES} == {n: f"{line}\n" for n, line in HEADERS.items()}
    assert SCHEMA == "1"


@pytest.fixture(scope="module")
def tables(smoke: tuple[Path, Outcome]) -> dict[str, list[Fields]]:
    return integrity.read(smoke[0])


def missing(table: Table, tables: dict[str, list[Fields]]) -> set[tuple[str, ...]]:
    """The keys of the rows that other tables imply and that are not there."""
    return {table.key(row) for row, *_ in table.expected(tables)} - set(map(table.key, tables[table.name]))


@pytest.mark.parametrize("name", TABLES)
def test_no_row_that_is_implied_is_missing_from_a_whole_run(name: str, tables: dict[str, list[Fields]]) -> None:
    assert tables[name]
    assert missing(TABLES[name], tables) == set()


@pytest.mark.parametrize("name", TABLES)
def test_any_row_that_is_lost_is_implied(name: str, tables: dict[str, list[Fields]]) -> None:
    table, rows = TABLES[name], tables[name]
    for lost, row in enumerate(rows):
        assert missing(table, tables | {name: rows[:lost] + rows[lost + 1 :]}) == {table.key(row)}


@pytest.mark.parametrize("name", TABLES)
def test_the_witness_of_a_row_is_in_its_table(name: str, tables: dict[str, list[Fields]]) -> None:
    for _, source, witness in TABLES[name].expected(tables):
        assert source != name
        assert witness in tables[source]
