"""`python -m bench check`: the laws of a user's file in about ten lines, and an exit code."""

import re
from pathlib import Path

import pytest

from tests.support.cases import PLUGINS
from tests.support.command import command, one_line, plugin_files
from tests.support.planted import FILES
from tests.support.slips import SLIPS

SOUND = str(PLUGINS / "second_order.py")
SLIP = str(PLUGINS / "field" / "unscaled_score.py")


def test_a_sound_estimator_passes_in_about_ten_lines() -> None:
    code, out, err = command("check", SOUND)
    slow = [line for line in err.splitlines() if not re.fullmatch(r"check: at work, \d+ s since check began", line)]
    assert (code, slow) == (0, [])
    lines = out.splitlines()
    assert lines[0] == f"estimator second_order, {SOUND}"
    assert lines[-1] == "VERDICT ok: 11 laws hold"
    assert len(lines) == 16
    assert all("passed in" in line or "not applicable: " in line for line in lines[1:-1])


def test_a_slip_is_named_with_both_numbers() -> None:
    code, out, _ = command("check", SLIP)
    assert code == 3
    (line,) = [line for line in out.splitlines() if line.startswith("  unbiased  ")]
    failed, tried = map(int, re.findall(r"FAILED in (\d+) of (\d+)\b", line)[0])
    assert failed == tried - 1  # all but a constant f, whose gradient of 0 is right at every scale
    assert ", expected " in line
    assert out.splitlines()[-1] == "VERDICT FAILED: 2 of 11 laws are broken"


@pytest.mark.slow
def test_several_files_and_the_key_are_one() -> None:
    code, out, _ = command("check", str(PLUGINS / "centred.py"), plugin_files(PLUGINS / "cubic.py"))
    assert code == 0
    assert [line for line in out.splitlines() if not line.startswith("  ")][:2] == [
        f"estimator centred, {PLUGINS / 'centred.py'}",
        f"objective cubic, {PLUGINS / 'cubic.py'}",
    ]


def test_a_file_that_breaks_the_contract_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "none.py").write_text('"""Nothing."""\n')
    assert "has no PLUGIN" in one_line(command("check", str(tmp_path / "none.py")))
    assert "is not a file" in one_line(command("check", str(tmp_path / "absent.py")))
    assert one_line(command("check")).startswith("no file is given; allowed: ")


def test_where_no_law_applies_nothing_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        '"""A dataset."""\nimport numpy as np\nfrom bench.spec import Dataset\n'
        'PLUGIN = Dataset("mine", lambda size, path: np.ones(size or 1), {"path": None})\n'
    )
    code, out, err = command("check", str(file))
    assert code == 5
    assert "not applicable: path must be given" in out
    assert "no law applies to what these files offer" in err


@pytest.mark.slow
@pytest.mark.parametrize("name", ["terms_short", "first_noise", "untold_antithetic", "reshuffled"])
def test_slips_of_every_kind_end_with_3(name: str) -> None:
    (file,) = [file for file in FILES if file.stem == name]
    assert command("check", str(file)).code == 3


@pytest.mark.parametrize("name", [name for name, slip in SLIPS.items() if "at the ends of its noise" in slip.line])
def test_kernels_are_tried_before_any_law(tmp_path: Path, name: str) -> None:
    slip = SLIPS[name]
    file = tmp_path / "mine.py"
    file.write_text(slip.right.replace(slip.before, slip.after, 1))
    assert f"{file}: {slip.line}" in one_line(command("check", str(file)))


def test_kernels_are_tried_in_every_family_that_a_rule_takes(tmp_path: Path) -> None:
    """One that writes a second row has no place for it where theta is one number: a line, and no end of the process."""
    text = (PLUGINS / "second_order.py").read_text()
    (file := tmp_path / "everywhere.py").write_text(text.replace('if family.name == "normal" else', "if True else"))
    assert "index 1 is out of bounds for axis 0 with size 1" in one_line(command("check", str(file)))


def test_kernels_are_tried_in_whatever_family_a_rule_has(tmp_path: Path) -> None:
    """One that needs pairs of two values runs in no sweep of normals."""
    file = tmp_path / "coin.py"
    file.write_text(
        '"""A rule of coins."""\nfrom bench.kernels.jit import kernel\n'
        "from bench.spec import Estimator, Points\n\n\n"
        "@kernel\ndef combine(noise, j, theta, phi, f, first, out):\n"
        '    """Reads beyond."""\n    out[:] = noise[7, j, 0]\n\n\n'
        "RULE = Points(combine, ('value',))\n\n\n"
        "def rule(family):\n"
        '    """Of coins alone."""\n    return RULE if family.name == "bernoulli" else "needs coins"\n\n\n'
        'PLUGIN = Estimator("coin", rule)\n'
    )
    assert "combine: line 9: index 7 is out of bounds" in one_line(command("check", str(file)))
