"""A user's own studies and styles: plain values; what is wrong with a file is one line that names it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.config import compose, gathered, presets
from bench.errors import BadInput
from bench.registry import Registry
from bench.report import settings
from tests.support.command import command, one_line

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a preset into a folder of a user's, and gives the folder."""

    def into(text: str, kind: str = "study", name: str = "mine") -> Path:
        folder = tmp_path / "my configs (é)"
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (folder / kind / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder

    return into


NARROW = {"defaults": ["web", "_self_"], "width": 5}


def test_what_a_folder_holds(write: Write) -> None:
    write("# Mine.\nsigma: [1e-3]\n")
    folder = write("width: 5\n", "style", "narrow")
    assert presets.read(folder) == {("study", "mine"): {"sigma": [0.001]}, ("style", "narrow"): NARROW}


def test_a_style_of_few_keys_builds_on_that_of_a_report(write: Write, plugins: Registry) -> None:
    folder = write("width: 5\n", "style")
    write("defaults: [icml, _self_]\ndpi: 100\n", "style", "venue")
    for name, font in (("mine", "sans-serif"), ("venue", "STIXGeneral")):
        words = [f"config_dir={folder}", f"style={name}", "style.line_width=2"]
        gathered.gathered("report", words)
        style = settings.check(compose.compose("report", words), plugins).style
        assert (style.width, style.font, style.line_width) == (5 if name == "mine" else 3.25, font, 2)


def test_they_are_in_the_catalogue_in_the_help_and_in_the_hints(write: Write, plugins: Registry) -> None:
    folder = f"config_dir={write('# @package _global_' + chr(10) + '# Of my own.' + chr(10) + 'sigma: [3.0]')}"
    for words in (("catalogue", folder), ("sweep", folder, "--help")):
        (line,) = [line for line in command(*words).out.splitlines() if line.startswith("  mine ")]
        assert line.split(maxsplit=1) == ["mine", "Of my own."]
    compose.store(plugins)
    studies = compose.choices("study")
    known = ", ".join(sorted({*studies, "mine"}))
    assert one_line(command("sweep", folder, "study=tiny")) == f"unknown study 'tiny'; known: {known}"
    assert one_line(command("sweep", "study=mine")).endswith(f"known: {', '.join(studies)}")


def test_they_are_run(write: Write) -> None:
    folder = write("defaults: [smoke, _self_]\nsigma: [3.0]\nname: of_mine\n")
    code, out, _ = command("sweep", f"config_dir={folder}", "study=mine", "dry_run=true")
    assert (code, out.partition(",")[0]) == (0, "cells: 8")


def test_a_folder_without_presets_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert one_line(command("catalogue", f"config_dir={folder}")) == (
            f"config_dir='{folder}' is not allowed; allowed: a folder with study/NAME.yaml, style/NAME.yaml or "
            "paper/NAME.yaml in it"
        )


CODE = {
    "_target_: os.abort": "unknown key '_target_'; known: ",
    "data:\n  _target_: os.abort": "unknown key 'data._target_'; known: ",
    "objective:\n  squared_error:\n    _target_: os.abort": "unknown key 'objective.squared_error._target_'; known: ",
    "sigma:\n  - _target_: os.abort": "sigma={'_target_': 'os.abort'} is not allowed; allowed: a finite number > 0",
    "name: !!python/object/apply:os.abort []": "FILE line 1: could not determine a constructor for the tag ",
    "name: ${eval:os.abort}": "FILE: name='${eval:os.abort}' is not allowed; allowed: plain values",
    "plugins: [PLUGIN]": "FILE: plugins=['PLUGIN'] is not allowed; allowed: plugins on the command line, for no ",
    "config_dir: elsewhere": "FILE: config_dir='elsewhere' is not allowed; allowed: config_dir on the command line, ",
}


@pytest.mark.parametrize("text", CODE)
def test_no_study_runs_code(write: Write, tmp_path: Path, text: str) -> None:
    """Each would end or mark this process, were it to run."""
    plugin = tmp_path / "plugin.py"
    plugin.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    folder = write(text.replace("PLUGIN", str(plugin)))
    line = one_line(command("sweep", "study=mine", f"config_dir={folder}", f"output={tmp_path}/out"))
    file = f"config_dir: {folder / 'study' / 'mine.yaml'}"
    assert line.startswith(CODE[text].replace("PLUGIN", str(plugin)).replace("FILE", file))
    assert not (tmp_path / "ran").exists()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sigma: [", " line 1: expected the node content, but found '<stream end>'; allowed: keys with plain values, "),
        ("sigma: [1]\nsigma: [2]\n", " line 2: found duplicate key sigma; allowed: "),
        ("- 1\n", " holds a list; allowed: keys with plain values, in YAML"),
        ("a: &x [*x]\n", " cannot be read; allowed: keys with plain values, in YAML and UTF-8"),
        ("a: \0", ": is no YAML; allowed: "),
        ("3", " cannot be read; allowed: "),
        ("name: ???", ": name='???' is not allowed; allowed: plain values"),
        (
            "defaults: smoke",
            ": defaults='smoke' is not allowed; allowed: a list of NAME, _self_, override ",
        ),
        ("defaults: [3]", ": defaults=[3] is not allowed; allowed: a list of NAME, _self_, override "),
        (
            "defaults: [override /plot: big]",
            ": defaults=[{'override /plot': 'big'}] is not allowed; allowed: a list of ",
        ),
        (
            "defaults: [override /data: 3]",
            ": defaults=[{'override /data': 3}] is not allowed; allowed: a list of NAME, ",
        ),
    ],
)
def test_a_file_that_is_wrong_is_named(write: Write, text: str, message: str) -> None:
    folder = write(text)
    with pytest.raises(BadInput) as caught:
        presets.read(folder)
    assert str(caught.value).startswith(f"config_dir: {folder / 'study' / 'mine.yaml'}{message}")


def test_a_style_chooses_of_no_group(write: Write) -> None:
    with pytest.raises(BadInput, match=r"allowed: a list of NAME, _self_$"):
        presets.read(write("defaults: [override /data: newcomb]", "style"))


def test_a_name_is_taken_once(write: Write) -> None:
    with pytest.raises(BadInput, match=r"the study 'smoke' exists already; give it another name$"):
        presets.read(write("sigma: [1]", name="smoke"))
