"""The tables of a run: their headers to the letter, and the rows that one of them implies in another."""

from pathlib import Path

import pytest

from bench.tables import integrity
from bench.tables.contents import TABLES
from bench.tables.csv import to_csv
from bench.tables.schema import SCHEMA, Table
from bench.tables.shape import Fields
from tests.support.command import Outcome

CELL = "schema,objective,variant,latent,family,theta,components,entropy,data,sampler"
GRID = "parameter,mu,sigma,dataset_size,samples,dimension"
LEARNER = (
    "objective,variant,latent,family,start,components,entropy,data,sampler,estimator,parameterisation,optimiser,"
    "schedule,learning_rate,dataset_size,samples,dimension"
)
QUANTITIES = ",".join(
    f"{name},{name}_low,{name}_high,{name}_median_low,{name}_median_high"
    for name in ("loss", "gap", "distance", "gradient_norm", "step_variance", "mu", "sigma")
)
TIMES = ",".join(f"{name},{name}_low,{name}_high" for name in ("steps", "evaluations", "seconds"))
MEASURED = ",".join(
    f"measured_{name}{end}" for name in ("variance", "floor", "contraction") for end in ("", "_low", "_high")
)
HEADERS = {
    "statistics": f"{CELL},estimator,{GRID},replicates,evaluations,pilot_evaluations,gradient,gradient_se,"
    "exact_gradient,gradient_z,bias,variance,variance_low,variance_high,exact_variance,"
    "exact_batch_variance,variance_z,kurtosis,mse,oracle,status",
    "ratios": f"{CELL},numerator,denominator,{GRID},replicates,variance_ratio,variance_ratio_low,variance_ratio_high,"
    "exact_variance_ratio,mse_ratio,mse_ratio_low,mse_ratio_high,status",
    "timings": "schema,objective,variant,latent,family,components,entropy,evaluation,sampler,estimator,dataset_size,"
    "samples,dimension,rounds,compile_s,draw_ns,kernel_ns,estimate_ns,estimate_ns_low,estimate_ns_high,time_ratio,"
    "time_ratio_low,time_ratio_high",
    "efficiency": f"{CELL},numerator,denominator,{GRID},evaluation,variance_ratio,time_ratio,efficiency_ratio,"
    "efficiency_ratio_low,efficiency_ratio_high,evaluations,evaluations_ratio,evaluation_efficiency_ratio",
    "curves": f"schema,{LEARNER},step,seconds,evaluations,replicates,diverged,{QUANTITIES},theta,oracle,status",
    "paths": f"schema,{LEARNER},step,component,replicate,theta,mu,sigma",
    "times": f"schema,{LEARNER},share,replicates,reached,{TIMES},status",
    "firsts": f"schema,{LEARNER.replace('estimator,', '')},share,measure,estimator,rival,replicates,earlier,later,ties,"
    "p,adjusted_p,first",
    "leads": f"schema,{LEARNER.replace('estimator,', '')},estimator,rival,step,replicates,nearer,farther,ties,p,"
    "adjusted_p,ahead",
    "theory": f"schema,{LEARNER},kind,note,stationary_variance,floor,contraction,{MEASURED}",
    "contours": "schema,objective,variant,latent,family,components,data,dataset_size,dimension,place,theta,loss,gap",
    "exact": f"{CELL},estimator,{GRID},x_axis,x,y_axis,y,exact_gradient,bias,exact_variance",
    "lines": f"{CELL},estimator,{GRID},x_axis,x,y_axis,y,exact_gradient,bias,exact_variance",
    "components": f"{CELL},estimator,{GRID},component,exact_gradient,gradient,gradient_se,gradient_z,variance,"
    "exact_variance,variance_z",
    "draws": f"{CELL},estimator,{GRID},low,high,count,variance,exact_gradient",
    "encoder": "schema,objective,variant,entropy,estimator,per,samples,dimension,step,batch,replicates,variance,"
    "variance_low,variance_high,variance_ratio,variance_ratio_low,variance_ratio_high",
    "reconstructions": f"schema,dimension,samples,entropy,estimator,digit,{','.join(f'pixel_{i}' for i in range(64))}",
    "peers": "schema,objective,estimator,framework,variant,threads,samples,batch,rounds,estimate_ns,estimate_ns_low,"
    "estimate_ns_high,draw_ns,compute_ns,compile_s,ratio,ratio_low,ratio_high,grid_ratio,grid_ratio_low,"
    "grid_ratio_high,gflops,status,reason",
    "latents": "schema,dimension,samples,entropy,estimator,datum,digit,mu_1,mu_2,sigma_1,sigma_2",
}

HEADERS |= {
    f"{name}_by_machine": HEADERS[name].replace("schema,", "schema,machine,") for name in ("timings", "efficiency")
}


def test_the_schema_is_the_one_that_readers_know() -> None:
    """A change of these columns breaks what others have built on them: raise SCHEMA with it."""
    assert {name: to_csv(name, []) for name in TABLES} == {n: f"{line}\n" for n, line in HEADERS.items()}
    assert SCHEMA == "2"


WHOLE = [name for name, table in TABLES.items() if not table.optional]


@pytest.fixture(scope="module")
def tables(smoke: tuple[Path, Outcome], descended: tuple[Path, Outcome]) -> dict[str, list[Fields]]:
    """Those of a run of each kind, whose names are different."""
    assert descended[1].code == 0, descended[1].err
    return integrity.read(smoke[0]) | integrity.read(descended[0])


def missing(table: Table, tables: dict[str, list[Fields]]) -> set[tuple[str, ...]]:
    """The keys of the rows that other tables imply and that are not there."""
    return {table.key(row) for row, *_ in table.expected(tables)} - set(map(table.key, tables[table.name]))


@pytest.mark.parametrize("name", WHOLE)
def test_no_row_that_is_implied_is_missing_from_a_whole_run(name: str, tables: dict[str, list[Fields]]) -> None:
    assert tables[name]
    assert missing(TABLES[name], tables) == set()


@pytest.mark.parametrize("name", WHOLE)
def test_any_row_that_is_lost_is_implied(name: str, tables: dict[str, list[Fields]]) -> None:
    table, rows = TABLES[name], tables[name]
    for lost, row in enumerate(rows):
        assert missing(table, tables | {name: rows[:lost] + rows[lost + 1 :]}) == {table.key(row)}


@pytest.mark.parametrize("name", WHOLE)
def test_the_witness_of_a_row_is_in_its_table(name: str, tables: dict[str, list[Fields]]) -> None:
    for _, source, witness in TABLES[name].expected(tables):
        assert source != name
        assert witness in tables[source]
