"""What a sweep's plug-ins claim is tried before anything is sampled: refused, failed, or done without, in words."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bench import PACKAGE
from bench.data import normal
from bench.errors import BadInput
from bench.laws.claims import Claims, examined
from bench.plan.cells import Plan
from bench.registry import Registry
from bench.spec import Floats
from tests.support.cases import EXAMPLES, PLUGINS
from tests.support.command import Outcome, one_line, plugin_files, rows
from tests.support.planted import FILES, overrides, planned

FIELD = PLUGINS / "field"
IN_THE_VERDICT = ("shared_noise",)  # whose mean is right: its measured variance is not the integrated one


def of_plan(plan: Plan, registry: Registry) -> Claims | str:
    """What is said of a plan's plug-ins: what failed, or why one is refused."""
    try:
        return examined(plan, registry)
    except BadInput as error:
        return str(error)


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", [file for file in FILES if file.stem not in IN_THE_VERDICT], ids=lambda file: file.stem
)
def test_every_slip_is_named_before_anything_is_sampled(file: Path) -> None:
    said = of_plan(*planned(file))
    words = [said] if isinstance(said, str) else said.failures
    assert words
    assert all(file.stem in line and "expected" in line and "\n" not in line for line in words)
    assert not isinstance(said, str) or "; allowed: " in said


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: Path(file).stem)
def test_control_nothing_is_said_of_what_is_right(file: str) -> None:
    path = Path(file)
    if path.stem in ("cubic", "mean_field"):
        return
    assert examined(*planned(path)) == Claims()


@pytest.mark.parametrize(
    ("folder", "name", "source"),
    [
        ("samplers", "mirrored", PACKAGE / "samplers" / "antithetic.py"),
        ("samplers", "by_strata", PACKAGE / "samplers" / "stratified.py"),
        ("objectives", "cubic", PLUGINS / "cubic.py"),
    ],
)
def test_control_nothing_is_said_of_right_samplers_and_objectives(
    folder: str, name: str, source: Path, tmp_path: Path
) -> None:
    """The folder tells the kind; samplers of the package are a user's under another name."""
    (tmp_path / folder).mkdir()
    file = tmp_path / folder / f"{name}.py"
    file.write_text(source.read_text().replace(f'Sampler("{source.stem}"', f'Sampler("{name}"'))
    assert examined(*planned(file)) == Claims()


def sweep_of(sweep: Callable[..., Outcome], name: str) -> Outcome:
    """The sweep of a slip, from the command line."""
    (file,) = [file for file in [*FILES, *FIELD.glob("*.py")] if file.stem == name]
    return sweep("name=run", plugin_files(file), *overrides(file))


def test_terms_that_do_not_add_up_are_refused(sweep: Callable[..., Outcome]) -> None:
    line = one_line(sweep_of(sweep, "terms_short"))
    assert "terms_short.py: objective terms_short: terms add up to the value" in line
    assert line.endswith("allowed: terms f_j(y_j) that add up to f")


def test_a_closed_form_that_is_none_fails_the_verdict(sweep: Callable[..., Outcome], tmp_path: Path) -> None:
    code, out, _ = sweep_of(sweep, "closed_form_off")
    assert code == 3
    assert "objective closed_form_off: closed form as integrated" in out
    failures = json.loads((tmp_path / "run" / "manifest.json").read_text())["verdict"]["failures"]
    assert "d/dsigma closed form exact[normal]: 1, expected 2" in failures[0]


def test_what_is_right_at_one_sigma_alone_fails_the_verdict(sweep: Callable[..., Outcome]) -> None:
    code, out, _ = sweep_of(sweep, "unscaled_score")
    assert code == 3
    assert "VERDICT FAILED" in out
    assert "estimator unscaled_score: unbiased" in out


def test_components_that_share_noise_fail_the_verdict(sweep: Callable[..., Outcome]) -> None:
    code, out, _ = sweep_of(sweep, "shared_noise")
    assert code == 3
    assert "shared_noise d/dmu" in out


def test_no_u_statistic_has_no_exact_variance_and_says_so(sweep: Callable[..., Outcome], tmp_path: Path) -> None:
    """A pilot baseline of the same estimate's draws: 21.4 is measured, and 3.12 is not shown beside it."""
    plugins = plugin_files(FIELD / "sf_pilot.py")
    cell = ("sigma=[0.5]", "dataset_size=[5]", "samples=[2,10]", "latent=[shared]", "precision=0.02")
    code, out, _ = sweep("name=run", plugins, "estimator=[pathwise,sf_pilot]", *cell)
    assert code == 0
    assert "claim not used by the oracle: estimator sf_pilot: U-statistic of degree 2" in out
    verdict = json.loads((tmp_path / "run" / "manifest.json").read_text())["verdict"]
    assert any("sf_pilot" in claim for claim in verdict["claims"])
    known = {row["samples"]: row for row in rows(tmp_path / "run", "ratios") if row["parameter"] == "mu"}
    assert known["10"]["exact_variance_ratio"] == ""
    assert float(known["2"]["variance_ratio"]) == pytest.approx(float(known["2"]["exact_variance_ratio"]), rel=0.05)
    low, high = (float(known["10"][f"variance_ratio_{end}"]) for end in ("low", "high"))
    right = pilot_ratio(normal.load(5, 0.0, 1.0, 0), sigma=0.5, samples=10)
    assert right == pytest.approx(21.398, abs=5e-4)
    assert low < right < high


def test_a_u_statistic_is_tried_at_the_samples_of_the_sweep(sweep: Callable[..., Outcome], tmp_path: Path) -> None:
    """What fails at K = 50 alone has an exact variance at 10, and at 50 none, for that reason."""
    plugins = plugin_files(FIELD / "loo_at_50.py")
    cell = ("sigma=[1.0]", "dataset_size=[5]", "samples=[10,50]", "latent=[shared]", "rounds=0", "precision=10")
    code, out, _ = sweep("name=run", plugins, "estimator=[pathwise,loo_at_50]", *cell)
    assert code == 0
    assert "claim not used by the oracle: estimator loo_at_50: U-statistic of degree 2: in 50 draws" in out
    theirs = [row for row in rows(tmp_path / "run") if row["estimator"] == "loo_at_50"]
    oracles = {samples: {row["oracle"] for row in theirs if row["samples"] == samples} for samples in ("10", "50")}
    reason = "an estimate of 50 draws is not the mean over each 2 of them, as degree=2 claims"
    assert oracles == {"10": {"exact"}, "50": {f"gradient only: {reason}"}}
    assert {row["exact_variance"] for row in theirs if row["samples"] == "50"} == {""}


@pytest.mark.parametrize(("sigma", "refused"), [("[1.0,2.0]", False), ("[1.0,10.0]", True)])
def test_a_family_is_tried_at_every_theta_of_the_sweep(sigma: str, refused: bool) -> None:
    chosen = ["family=[far_score]", f"family.far_score.sigma={sigma}", "estimator=[pathwise]", "dataset_size=[5]"]
    said = of_plan(*planned(FIELD / "far_score.py", ["study=smoke", *chosen]))
    if refused:
        assert isinstance(said, str)
        assert "far_score.py: family far_score: " in said
        assert "sigma=10: " in said
    else:
        assert said == Claims()


def test_a_family_is_tried_at_the_theta_of_every_component() -> None:
    thetas = "family.far_score.sigma=[[1.0,2.0,10.0]]"
    chosen = ["family=[far_score]", thetas, "components=[untied]", "latent=[per_datum]", "dataset_size=[3]"]
    said = of_plan(*planned(FIELD / "far_score.py", ["study=smoke", "estimator=[pathwise]", *chosen]))
    assert isinstance(said, str)
    assert "sigma=10: " in said


@pytest.mark.parametrize(("h", "failures"), [("[0.1,0.2]", 0), ("[0.1,0.5]", 1)])
def test_an_estimator_is_tried_at_its_own_parameters_of_the_sweep(h: str, failures: int) -> None:
    chosen = ["estimator=[pathwise,scaled_at_phi]", f"estimator.scaled_at_phi.h={h}"]
    claims = examined(*planned(FIELD / "scaled_at_phi.py", ["study=smoke", "dataset_size=[5]", *chosen]))
    assert len(claims.failures) == failures
    assert all("unbiased" in words for words in claims.failures)


@pytest.mark.parametrize("sizes", ["[2,50]", "[2,49]"])
def test_data_are_tried_at_the_sizes_of_the_sweep(sizes: str, tmp_path: Path) -> None:
    file = tmp_path / "timed.py"
    file.write_text(TIMED)
    said = of_plan(*planned(file, ["study=smoke", "data=timed", f"dataset_size={sizes}", "estimator=[pathwise]"]))
    assert (said == Claims()) == (sizes == "[2,49]")
    assert said == Claims() or "load(50) the second time" in str(said)


TIMED = """
import numpy as np
from bench.spec import Dataset

TIMES = [0]


def load(dataset_size):
    TIMES[0] += 1
    return np.arange(float(dataset_size)) + (TIMES[0] if dataset_size == 50 else 0.0)


PLUGIN = Dataset("timed", load)
"""


def test_an_objective_is_tried_at_every_theta_of_the_sweep(tmp_path: Path) -> None:
    """A slope that is wrong beyond y = 20, which sigma = 1 never draws."""
    file = tmp_path / "bent.py"
    file.write_text(BENT)
    chosen = ["study=smoke", "objective=[bent]", "estimator=[score_function,pathwise]"]
    assert of_plan(*planned(file, [*chosen, "sigma=[1.0]"])) == Claims()
    said = of_plan(*planned(file, [*chosen, "sigma=[1.0,90.0]"]))
    assert "slope of the value" in str(said)


BENT = """
import numpy as np
from bench.wrap import objective

PLUGIN = objective("bent", lambda y: y[0] ** 2, slope=lambda y: np.where(np.abs(y) > 20, 2.2, 2.0) * y)
"""


def pilot_ratio(x: Floats, sigma: float, samples: int) -> float:
    """Its variance by mu over that of pathwise, at mu = 1: given b from h draws the other K - h are independent."""
    z, weights = np.polynomial.hermite_e.hermegauss(32)
    weights = weights / weights.sum()
    f, score, pilot = ((1.0 + sigma * z - x[:, np.newaxis]) ** 2).sum(axis=0), z / sigma, samples // 2
    mean, square = weights @ f, weights @ f**2
    baseline = mean**2 + (square - mean**2) / pilot  # E b^2
    spread = weights @ ((f**2 - 2 * mean * f + baseline) * score**2) - (weights @ (f * score)) ** 2
    return float(spread / (samples - pilot) / (4 * x.size**2 * sigma**2 / samples))
