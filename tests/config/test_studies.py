"""Studies say which command they are for, and the other one names the right one."""

from pathlib import Path

import pytest

from bench.config import compose, folder, studies
from bench.config.studies import command_of
from bench.errors import BadInput
from bench.registry import Registry
from tests.support.command import command, one_line

STUDIES = [name for kind, name in folder.presets() if kind == "study"]


def test_every_study_is_for_a_command_and_either_has_some() -> None:
    assert {command_of(name) for name in STUDIES} == set(studies.COMMANDS)
    assert command_of("smoke") == "sweep"
    assert command_of("asker") == "fit"


@pytest.mark.parametrize("study", STUDIES)
def test_it_composes_for_its_command_and_leaves_no_key_of_its_own(study: str, plugins: Registry) -> None:
    compose.store(plugins)
    assert studies.KEY not in compose.compose(command_of(study), [f"study={study}"])


@pytest.mark.parametrize("study", STUDIES)
def test_another_command_names_the_right_one(study: str) -> None:
    right = command_of(study)
    (other,) = {*studies.COMMANDS} - {right}
    line = f"study {study!r} is for {right}: python -m bench {right} study={study}"
    assert one_line(command(other, f"study={study}")) == line


def test_help_lists_the_studies_of_its_command() -> None:
    for name in studies.COMMANDS:
        _, out, _ = command(name, "--help")
        for study in STUDIES:
            listed = out.partition("\nstudy=")[2].partition("\n\n")[0]
            assert (f"\n  {study} " in listed) == (command_of(study) == name)
    known = "asker, eight_schools_fit, logistic_regression_fit, sticking_the_landing, vae"
    assert one_line(command("fit", "study=tiny")) == f"unknown study 'tiny'; known: {known}"


def written(path: Path, name: str, text: str) -> None:
    (path / "study").mkdir(exist_ok=True)
    (path / "study" / f"{name}.yaml").write_text(text)


def test_a_study_of_a_users_is_for_the_command_that_it_says_or_builds_on(tmp_path: Path) -> None:
    written(tmp_path, "mine", "command: fit\nsteps: 10\n")
    written(tmp_path, "longer", "defaults: [mine, _self_]\nsteps: 20\n")
    for name, steps in (("mine", 10), ("longer", 20)):
        words = (f"study={name}", f"config_dir={tmp_path}", "dry_run=true")
        assert one_line(command("sweep", *words)).startswith(f"study {name!r} is for fit: ")
        code, out, _ = command("fit", *words)
        assert (code, out.count(f" {steps} steps")) == (0, 1)


def test_of_another_command_there_is_none(tmp_path: Path) -> None:
    written(tmp_path, "mine", "command: check\n")
    assert one_line(command("fit", f"config_dir={tmp_path}")).endswith(
        "study/mine.yaml: command='check' is not allowed; allowed: fit, sweep"
    )


def test_studies_that_build_on_each_other_end(tmp_path: Path, plugins: Registry) -> None:
    compose.store(plugins, {("study", "a"): {"defaults": ["b"]}, ("study", "b"): {"defaults": ["a"]}})
    assert command_of("a") == "sweep"
    compose.store(plugins)
    with pytest.raises(BadInput, match=r"^study .asker. is for fit"):
        studies.require_command("sweep", "asker")
