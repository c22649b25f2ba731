"""What a sweep's plug-ins claim is tried before anything is sampled: refused, failed, or done without, in words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.errors import BadInput
from bench.laws.claims import Claims, examined
from tests.support.cases import EXAMPLES, PLUGINS
from tests.support.command import Outcome, one_line, plugin_files, rows
from tests.support.planted import FILES, overrides, planned

FIELD = PLUGINS / "field"
IN_THE_VERDICT = ("shared_noise",)  # whose mean is right: its measured variance is not the integrated one


def of_file(file: Path) -> Claims | str:
    """What is said of the plug-in in a file: what failed, or why it is refused."""
    try:
        return examined(*planned(file))
    except BadInput as error:
        return str(error)


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", [file for file in FILES if file.stem not in IN_THE_VERDICT], ids=lambda file: file.stem
)
def test_every_slip_is_named_before_anything_is_sampled(file: Path) -> None:
    said = of_file(file)
    words = [said] if isinstance(said, str) else said.failures
    assert words
    assert all(file.stem in line and "expected" in line and "\n" not in line for line in words)
    assert not isinstance(said, str) or "; allowed: " in said


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: Path(file).stem)
def test_control_nothing_is_said_of_what_is_right(file: str) -> None:
    path = Path(file)
    if path.stem in ("antithetic", "stratified", "cosine", "cubic", "mean_field"):
        return
    assert examined(*planned(path)) == Claims()


@pytest.mark.parametrize(
    ("folder", "name"),
    [("samplers", "antithetic"), ("samplers", "stratified"), ("objectives", "cosine"), ("objectives", "cubic")],
)
def test_control_nothing_is_said_of_right_samplers_and_objectives(folder: str, name: str, tmp_path: Path) -> None:
    """The folder tells the kind."""
    (tmp_path / folder).mkdir()
    file = tmp_path / folder / f"{name}.py"
    file.write_text((PLUGINS / f"{name}.py").read_text())
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
    cell = ("sigma=[2.0]", "dataset_size=[5]", "samples=[2,10]", "latent=[shared]", "precision=0.02")
    code, out, _ = sweep("name=run", plugins, "estimator=[pathwise,sf_pilot]", *cell)
    assert code == 0
    assert "claim not used by the oracle: estimator sf_pilot: U-statistic of degree 2" in out
    verdict = json.loads((tmp_path / "run" / "manifest.json").read_text())["verdict"]
    assert any("sf_pilot" in claim for claim in verdict["claims"])
    known = {row["samples"]: row for row in rows(tmp_path / "run", "ratios") if row["parameter"] == "mu"}
    assert known["10"]["exact_variance_ratio"] == ""
    assert float(known["2"]["variance_ratio"]) == pytest.approx(float(known["2"]["exact_variance_ratio"]), rel=0.05)
    assert float(known["10"]["variance_ratio"]) > 0
