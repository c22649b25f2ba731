"""Variances along a path: a sweep at checkpoints of a fit is the sweep at their thetas, and says where it was."""

import hashlib
import json
import shlex
import shutil
from pathlib import Path

import pytest

from tests.support.command import ONE_ROUND, command, one_line, rows
from tests.support.fits import fit_into, without_report

GRID = ("dataset_size=[5]", "samples=[1]", "estimator=[pathwise]")
FIT = ("objective=[gaussian_kl]", "learning_rate=[0.05]", "optimiser=[sgd]", "schedule=[constant]", *GRID[:2])


@pytest.fixture(autouse=True)
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    without_report(monkeypatch)


@pytest.fixture(scope="module")
def fits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of three fits: of one learner, of several, and of untied components. Not to be written to."""
    folder = tmp_path_factory.mktemp("fits")
    with pytest.MonkeyPatch.context() as patch:
        without_report(patch)
        target = ("objective=[normal_target]", "objective.normal_target.dimension=[2]", "components=[untied]")
        runs = {
            "alone": (*FIT, "estimator=[pathwise]"),
            "both": (*FIT, "learning_rate=[0.05,0.1]"),
            "untied": (*FIT, *target, "start.mu=[[0,1]]", "estimator=[pathwise]"),
        }
        for name, words in runs.items():
            assert fit_into(folder / name, *words).code == 0
    return folder


def sweep(folder: Path, *words: str) -> None:
    code, _, err = command("sweep", "study=smoke", *ONE_ROUND, *GRID, "latent=[shared]", f"output={folder}", *words)
    assert code == 0, err


def theta_at(fit: Path, step: str) -> tuple[str, str]:
    (row,) = [row for row in rows(fit, "paths") if row["step"] == step]
    return row["mu"], row["sigma"]


def test_it_is_the_sweep_at_those_thetas(fits: Path, tmp_path: Path) -> None:
    fit = fits / "alone" / "fit"
    places = [theta_at(fit, step) for step in ("0", "40")]
    sweep(tmp_path, "name=along", "objective=[gaussian_kl]", f"at=['{fit}@0','{fit}@40']")
    along = rows(tmp_path / "along")
    assert list(dict.fromkeys((row["mu"], row["sigma"]) for row in along)) == places
    for mu, sigma in places:
        sweep(tmp_path, "name=there", "objective=[gaussian_kl]", f"mu=[{mu}]", f"sigma=[{sigma}]")
        assert rows(tmp_path / "there") == [row for row in along if row["mu"] == mu]


def test_exact_curves_are_those_at_the_same_theta(fits: Path, tmp_path: Path) -> None:
    sweep(tmp_path, "name=curves", f"at=['{fits / 'alone' / 'fit'}@40']", "samples=[1,4]", "along=[samples]")
    keys = ("parameter", "mu", "sigma", "samples", "exact_gradient", "exact_variance")
    exact, measured = (
        [[row[key] for key in keys] for row in rows(tmp_path / "curves", name)] for name in ("exact", "statistics")
    )
    assert [row for row in exact if row[3] in ("1", "4")] == measured
    assert {row[3] for row in exact} == {"1", "2", "3", "4"}


def test_the_manifest_names_the_file_and_how_to_make_it_again(
    fits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(fits)
    sweep(tmp_path, "name=along", "objective=[gaussian_kl]", "at=[alone/fit@10,alone/fit@20]")
    manifest = json.loads((tmp_path / "along" / "manifest.json").read_text())
    (entry,) = [entry for entry in manifest["inputs"] if entry["key"] == "at"]
    digest = hashlib.sha256((fits / "alone" / "fit" / "paths.csv").read_bytes()).hexdigest()
    assert entry == {"key": "at", "name": "alone/fit/paths.csv", "sha256": digest, "left_out": False}
    assert "at=['alone/fit@10','alone/fit@20']" in shlex.split(manifest["command"])


def test_untied_components_have_a_theta_each(fits: Path, tmp_path: Path) -> None:
    fit = fits / "untied" / "fit"
    words = ("objective=[normal_target]", "objective.normal_target.dimension=[2]", "components=[untied]")
    sweep(tmp_path, "name=along", *words, f"at=['{fit}@0','{fit}@40']")
    thetas = list(dict.fromkeys(row["theta"] for row in rows(tmp_path / "along")))
    assert thetas[0] == "mu=[0,1],sigma=[1,1]"
    last = [row for row in rows(fit, "paths") if row["step"] == "40"]
    assert thetas[1].startswith(f"mu=[{float(last[0]['mu']):g},{float(last[1]['mu']):g}],sigma=[")


def test_words_choose_of_several_learners(fits: Path, tmp_path: Path) -> None:
    fit = fits / "both" / "fit"
    sweep(tmp_path, "name=along", "objective=[gaussian_kl]", f"at=['{fit}@40:pathwise/0.1','{fit}@40:pathwise/0.05']")
    chosen = [
        next(row["mu"] for row in rows(fit, "paths") if (row["step"], row["estimator"], row["learning_rate"]) == key)
        for key in (("40", "pathwise", "0.1"), ("40", "pathwise", "0.05"))
    ]
    assert list(dict.fromkeys(row["mu"] for row in rows(tmp_path / "along"))) == chosen


def refused(*words: str) -> str:
    return one_line(command("sweep", "study=smoke", "dry_run=true", "objective=[gaussian_kl]", *words))


def test_what_cannot_be_taken_is_one_line_with_what_there_is(fits: Path) -> None:
    alone, both = fits / "alone" / "fit", fits / "both" / "fit"
    assert refused(f"at=['{alone}@7']").endswith(f"allowed: a checkpoint of {alone}: 0, 10, 20, 30, 40")
    assert refused(f"at=['{alone}@0:score_function']").endswith(f"allowed: the one learner of {alone}, without a colon")
    named = "named behind a colon by estimator/learning_rate: pathwise/0.05, pathwise/0.1, score_function/0.05, "
    assert f"allowed: one learner of {both}, {named}" in refused(f"at=['{both}@0']")
    assert "pathwise/0.05, pathwise/0.1" not in (line := refused(f"at=['{both}@0:score_function']"))
    assert line.endswith("named behind a colon by learning_rate: 0.05, 0.1")
    missing = refused(f"at=['{fits}/alone/other@0']")
    assert missing.endswith(f"allowed: a folder of a finished fit: {alone}")
    assert refused("at=[nowhere/at/all@0]").endswith("a folder of a finished fit: there is none in nowhere/at")
    assert "allowed: FOLDER@STEP or FOLDER@STEP:ESTIMATOR" in refused(f"at=['{alone}']")
    assert refused(f"at=['{alone}@0','{alone}@0:pathwise']").partition("allowed: ")[2].startswith("each theta once; ")


def test_other_keys_of_theta_are_refused(fits: Path) -> None:
    words = f"at=['{fits / 'alone' / 'fit'}@0']"
    expected = "at takes theta from a fit, and mu sets it too; leave out either"
    assert refused(words, "mu=[1]") == expected
    assert refused(words, "family=[gamma]").endswith("family=[normal]; it is now gamma")


def test_tables_that_were_changed_are_refused(fits: Path, tmp_path: Path) -> None:
    shutil.copytree(fits / "alone" / "fit", tmp_path / "fit")
    text = (tmp_path / "fit" / "paths.csv").read_text()
    mu, _ = theta_at(tmp_path / "fit", "40")
    (tmp_path / "fit" / "paths.csv").write_text(text.replace(mu, "0.25"))
    assert "paths.csv was changed after the run: line 6, " in refused(f"at=['{tmp_path / 'fit'}@40']")
