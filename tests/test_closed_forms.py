"""Whole sweeps on data with known answers: exact columns to 1e-10, measured ratios within their intervals."""

import csv
import math
from pathlib import Path

import pytest
from scipy import stats

from bench import cli
from bench.plan import tiling
from tests.support.command import instead

pytestmark = pytest.mark.usefixtures("tables_alone")

# 95 % intervals, widened so that all eight of a family hold together with 95 %
JOINT = stats.t.isf(0.025 / 8, tiling.GROUPS - 1) / stats.t.isf(0.025, tiling.GROUPS - 1)


def sweep(folder: Path, values: list[float], *overrides: str) -> Path:
    (folder / "data.csv").write_text("x\n" + "".join(f"{value}\n" for value in values))
    data = ["data=csv", f"data.path={folder / 'data.csv'}", "data.column=x"]
    arguments = ["sweep", "study=smoke", f"output={folder}", "name=run", "rounds=0", "mu=[1.0]", "sigma=[1.0]"]
    assert cli.main(instead(*arguments, *data, *overrides)) == 0
    return folder / "run"


def rows(run: Path, name: str) -> list[dict[str, str]]:
    with open(run / f"{name}.csv", newline="") as file:
        return [row for row in csv.DictReader(file) if not row["status"].startswith("skipped")]


def test_shared_draw(tmp_path: Path) -> None:
    """xbar = 0, s2 = 1, mu = sigma = 1: a = v = 1, A = 2, and every variance falls as 1/K."""
    n = 4
    run = sweep(tmp_path, [1.0, -1.0] * 2, "latent=[shared]", "dataset_size=[null]", "samples=[1,10,1000]")
    closed = {
        ("score_function", "mu"): n * n * (4 + 8 + 12 + 15),
        ("score_function", "sigma2"): n * n * ((8 + 40 + 78 + 40) / 4 - 1),
        ("pathwise", "mu"): 4 * n * n,
        ("pathwise", "sigma2"): n * n * 3,
    }
    statistics = rows(run, "statistics")
    assert {(row["estimator"], row["parameter"]) for row in statistics} >= set(closed)
    for row in statistics:
        if (variance := closed.get((row["estimator"], row["parameter"]))) is not None:
            assert float(row["exact_variance"]) * int(row["samples"]) == pytest.approx(variance, rel=1e-10)
        softplus = 2 * n * -math.expm1(-1.0)
        gradient = {"mu": 2 * n, "sigma": 2 * n, "sigma2": n, "log_sigma": 2 * n, "softplus": softplus}
        assert float(row["exact_gradient"]) == pytest.approx(gradient[row["parameter"]], rel=1e-14)


def test_untied_components(tmp_path: Path) -> None:
    """x = (0, 1, 3), mu = (0, 0, 1), sigma = 2: pathwise 4 v and 4 a^2 + 8 v a component, a = mu - x."""
    axes = ("latent=[per_datum]", "dataset_size=[3]", "samples=[1]", "mu=[[0,0,1]]", "sigma=[2.0]")
    run = sweep(tmp_path, [0.0, 1.0, 3.0], *axes, "components=[untied]", "write_components=true")
    a, v = (0.0, -1.0, -2.0), 4.0
    statistics = {(row["estimator"], row["parameter"]): row for row in rows(run, "statistics")}
    mu, sigma = statistics["pathwise", "mu"], statistics["pathwise", "sigma"]
    assert float(mu["exact_variance"]) == pytest.approx(3 * 4 * v, rel=1e-10)
    assert float(sigma["exact_variance"]) == pytest.approx(sum(4 * x * x + 8 * v for x in a), rel=1e-10)
    assert float(mu["exact_gradient"]) == pytest.approx(2 * math.sqrt(sum(x * x for x in a)), rel=1e-12)
    assert (mu["theta"], mu["mu"], mu["sigma"]) == ("mu=[0,0,1],sigma=2", "", "")
    with open(run / "components.csv", newline="") as file:
        components = [
            row for row in csv.DictReader(file) if row["estimator"] == "pathwise" and row["parameter"] == "mu"
        ]
    assert [float(row["exact_gradient"]) for row in components] == pytest.approx([2 * x for x in a], abs=1e-13)
    assert [float(row["exact_variance"]) for row in components] == pytest.approx([4 * v] * 3, rel=1e-10)
    for row in statistics.values():
        assert abs(float(row["gradient_z"])) < 7


def test_a_latent_for_each_datum(tmp_path: Path) -> None:
    """x_i = 0, mu = 0, sigma = 1: (n + 2)(n + 4) / 4 for mu with the joint score, 3.75 with the local one."""
    sizes = (1, 3, 10, 100)
    axis = f"dataset_size=[{','.join(map(str, sizes))}]"
    run = sweep(tmp_path, [0.0] * 100, "latent=[per_datum]", axis, "samples=[1]", "mu=[0.0]", "precision=0.02")
    ratios = [row for row in rows(run, "ratios") if row["parameter"] == "mu"]
    assert len(ratios) == 2 * len(sizes)
    for row in ratios:
        n = int(row["dataset_size"])
        exact = {"score_function": (n + 2) * (n + 4) / 4, "score_function_local": 3.75}[row["numerator"]]
        assert float(row["exact_variance_ratio"]) == pytest.approx(exact, rel=1e-10)
        low, measured, high = (float(row[f"variance_ratio{end}"]) for end in ("_low", "", "_high"))
        assert abs(math.log(measured / exact)) < JOINT * math.log(high / low) / 2
