"""Plug-ins from files join a sweep: their rows, their skips with reasons, their place in figures and verdict."""

import csv
import json
import re
from pathlib import Path

import pytest

from bench import cli
from tests.support.cases import EXAMPLES

ESTIMATORS = "pathwise,score_function,score_function_local,leave_one_out,second_order,measure_valued"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plugins")
    code = cli.main(
        [
            "sweep",
            "study=smoke",
            "name=all",
            f"output={folder}",
            "precision=10",
            "rounds=1",
            "sigma=[0.5]",
            "dataset_size=[5]",
            "samples=[1,4]",
            f"plugins=[{','.join(EXAMPLES)}]",
            f"estimator=[{ESTIMATORS}]",
            "sampler=[iid,antithetic]",
            "objective=[squared_error,cosine]",
            "objective.cosine.k=[0.5,2]",
            "objective.cosine.dimension=[3]",
        ]
    )
    assert code == 0
    return folder / "all"


def rows(run: Path, name: str = "statistics") -> list[dict[str, str]]:
    with open(run / f"{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def test_every_plugin_has_rows_that_the_oracle_confirms(run: Path) -> None:
    assert json.loads((run / "manifest.json").read_text())["verdict"]["ok"]
    measured = [row for row in rows(run) if row["status"] == "ok"]
    assert {row["estimator"] for row in measured} == set(ESTIMATORS.split(","))
    assert {row["sampler"] for row in measured} == {"iid", "antithetic"}
    assert {row["variant"] for row in measured} == {"", "k=0.5,dimension=3", "k=2,dimension=3"}
    assert {row["dimension"] for row in measured if row["objective"] == "cosine"} == {"3"}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (("leave_one_out", "iid", "1"), "", "needs samples >= 2"),
        (("pathwise", "antithetic", "1"), "", "antithetic draws 2 at a time, and samples=1 is no multiple of it"),
        (("measure_valued", "antithetic", "4"), "", "antithetic mirrors normal noise only"),
        (("leave_one_out", "antithetic", "4"), "", "takes the draws of an estimate for independent"),
    ],
)
def test_skips_have_reasons_and_no_numbers(run: Path, column: tuple[str, ...], value: str, reason: str) -> None:
    skipped = [row for row in rows(run) if (row["estimator"], row["sampler"], row["samples"]) == column]
    assert skipped
    for row in skipped:
        assert row["status"].startswith(f"skipped: {reason}")
        assert row["variance"] == row["gradient"] == row["replicates"] == value


def test_ratios_timings_and_efficiency_hold_the_plugins(run: Path) -> None:
    numerators = set(ESTIMATORS.split(",")) - {"pathwise"}
    assert {row["numerator"] for row in rows(run, "ratios")} == numerators
    assert {row["numerator"] for row in rows(run, "efficiency")} == numerators
    assert {row["estimator"] for row in rows(run, "timings")} == numerators | {"pathwise"}


def words(figure: Path) -> set[str]:
    """The texts of an SVG, which draws their letters as shapes and says them in comments; split where titles join."""
    texts = re.findall(r"<!-- (.*?) -->", figure.read_text(), flags=re.DOTALL)
    return {word.strip() for text in texts for word in re.split(r"[,\n]", text)}


def test_every_figure_names_all_the_estimators_that_it_shows(run: Path) -> None:
    figures = list((run / "figures").glob("*.svg"))
    everywhere = set()
    for figure in figures:
        names = {row.get("estimator") or row["numerator"] for row in rows(run, f"figures/{figure.stem}")}
        assert names <= words(figure), figure.stem
        everywhere |= names
    assert len(figures) == 6
    assert everywhere == set(ESTIMATORS.split(","))
