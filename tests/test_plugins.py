"""Plug-ins from files join a sweep: their rows, their skips with reasons, their place in figures and verdict."""

import csv
import json
import re
from pathlib import Path

import pytest

from bench import cli, registry
from bench.drawing import words as labels
from tests.support.cases import EXAMPLES
from tests.support.command import instead, plugin_files

ESTIMATORS = ("pathwise", "score_function", "score_function_local", "score_function_loo", "measure_valued")
OF_USERS = ("centred", "second_order", "minibatch")
LABELS = {*ESTIMATORS, "centred", "second_order", "minibatch(keep=0.5)"}


def sweep(folder: Path, name: str, *overrides: str) -> Path:
    """A small sweep with all the examples at hand."""
    plugins = plugin_files(*EXAMPLES)
    words = ("sweep", "study=smoke", f"name={name}", f"output={folder}", "precision=10", plugins)
    assert cli.main(instead(*words, *overrides)) == 0
    return folder / name


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sweep(
        tmp_path_factory.mktemp("plugins"),
        "all",
        "rounds=1",
        "sigma=[0.5]",
        "dataset_size=[5]",
        "samples=[1,4]",
        f"estimator=[{','.join((*ESTIMATORS, *OF_USERS))}]",
        "estimator.minibatch.keep=[0.5]",
        "sampler=[iid,antithetic]",
        "objective=[squared_error,cosine]",
        "objective.cosine.k=[0.5,2]",
        "objective.cosine.dimension=[3]",
    )


def rows(run: Path, name: str = "statistics") -> list[dict[str, str]]:
    with open(run / f"{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def test_every_plugin_has_rows_that_the_oracle_confirms(run: Path) -> None:
    assert json.loads((run / "manifest.json").read_text())["verdict"]["ok"]
    measured = [row for row in rows(run) if row["status"] == "ok"]
    assert {row["estimator"] for row in measured} == LABELS
    assert {row["sampler"] for row in measured} == {"iid", "antithetic"}
    assert {row["variant"] for row in measured} == {"", "k=0.5,dimension=3", "k=2,dimension=3"}
    assert {row["dimension"] for row in measured if row["objective"] == "cosine"} == {"3"}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (("score_function_loo", "iid", "1"), "", "needs samples >= 2"),
        (("pathwise", "antithetic", "1"), "", "antithetic draws 2 at a time, and samples=1 is no multiple of it"),
        (("score_function_loo", "antithetic", "4"), "", "takes the draws of an estimate for independent"),
    ],
)
def test_skips_have_reasons_and_no_numbers(run: Path, column: tuple[str, ...], value: str, reason: str) -> None:
    skipped = [row for row in rows(run) if (row["estimator"], row["sampler"], row["samples"]) == column]
    assert skipped
    for row in skipped:
        assert row["status"].startswith(f"skipped: {reason}")
        assert row["variance"] == row["gradient"] == row["replicates"] == value


def test_ratios_timings_and_efficiency_hold_the_plugins(run: Path) -> None:
    numerators = LABELS - {"pathwise"}
    assert {row["numerator"] for row in rows(run, "ratios")} == numerators
    assert {row["numerator"] for row in rows(run, "efficiency")} == numerators
    assert {row["estimator"] for row in rows(run, "timings")} == LABELS


def words(figure: Path) -> set[str]:
    """The texts of an SVG, which draws their letters as shapes and says them in comments; split where titles join."""
    texts = re.findall(r"<!-- (.*?) -->", figure.read_text(), flags=re.DOTALL)
    return {word.strip() for text in texts for word in re.split(r"[,\n]", text)}


def test_every_figure_names_all_the_estimators_that_it_shows(run: Path) -> None:
    figures = list((run / "figures").glob("*.svg"))
    everywhere = set()
    with labels.context(registry.load(kinds=["estimator"])):
        in_words = {name: labels.label(name) for name in LABELS}
    for figure in figures:
        shown = rows(run, f"figures/{figure.stem}")
        names = {row["estimator" if "estimator" in row else "numerator"] for row in shown} - {""}  # draws of f alone
        seen = {name for name in names if in_words[name] in words(figure)}
        everywhere |= seen
        if "rows of panels" not in " ".join(words(figure)).replace("\xa0", " "):  # more than it has room for
            assert names == seen, figure.stem
    assert len(figures) == 4  # the others are along an axis that has one value here
    assert everywhere == LABELS


@pytest.mark.usefixtures("tables_alone")
@pytest.mark.parametrize("estimators", [ESTIMATORS[:2], pytest.param(ESTIMATORS, marks=pytest.mark.slow)], ids=len)
def test_targets_in_every_family_with_every_entropy(tmp_path: Path, estimators: tuple[str, ...]) -> None:
    """One sweep over all that a target can meet; nothing that the oracle knows disagrees. Tied is untied added up."""
    run = sweep(
        tmp_path,
        "targets",
        "rounds=0",
        "samples=[4]",
        "sigma=[0.5]",
        "dataset_size=[3]",
        "budget=1000000",
        "family=[normal,gamma,bernoulli]",
        "objective=[gaussian_posterior,mean_field]",
        "components=[untied]",
        "entropy=[closed_form,monte_carlo,sticking_the_landing]",
        f"estimator=[{','.join(estimators)}]",
        "write_components=true",
    )
    verdict = json.loads((run / "manifest.json").read_text())["verdict"]
    assert verdict["ok"], verdict["failures"]
    assert verdict["no_gradient"] == 0
    measured = [row for row in rows(run) if not row["status"].startswith("skipped")]
    kinds = {(row["family"], row["entropy"]) for row in measured}
    assert len(kinds) == 3 * 3
    assert {row["components"] for row in rows(run, "components")} == {"untied"}
    gradients: dict[tuple[str, ...], set[float]] = {}
    for row in measured:
        cell = tuple(row[key] for key in ("objective", "latent", "family", "components", "parameter"))
        gradients.setdefault(cell, set()).add(round(float(row["exact_gradient"]), 6))
    assert all(len(values) == 1 for values in gradients.values())


@pytest.mark.usefixtures("tables_alone")
def test_stratified_draws_join_a_sweep(tmp_path: Path) -> None:
    run = sweep(
        tmp_path,
        "strata",
        "rounds=0",
        "samples=[1,3,10]",
        "sampler=[iid,stratified]",
        "sigma=[0.5]",
        "latent=[shared]",
        "estimator=[pathwise,score_function]",
    )
    verdict = json.loads((run / "manifest.json").read_text())["verdict"]
    assert verdict["ok"]
    known = {(row["sampler"], row["samples"]) for row in rows(run) if row["exact_variance"]}
    assert known == {(sampler, samples) for sampler in ("iid", "stratified") for samples in ("1", "3", "10")}
    spread = {
        (row["sampler"], row["dataset_size"]): float(row["variance"])
        for row in rows(run)
        if (row["estimator"], row["parameter"], row["samples"]) == ("pathwise", "mu", "10")
    }
    for size in {row["dataset_size"] for row in rows(run)}:
        assert spread["stratified", size] < 0.1 * spread["iid", size]
