"""The folder of configs holds studies and styles, each with a line about it."""

from bench.config import folder


def test_every_study_and_style_has_a_line() -> None:
    presets = folder.presets()
    assert {kind for kind, _ in presets} == {"study", "style", "paper"}
    assert presets["study", "smoke"].startswith("Seconds: a small corner of every axis")
    assert all(presets.values())


def test_the_folder_holds_a_config_for_sweeps() -> None:
    assert (folder.config_folder() / "sweep.yaml").is_file()
