"""`python -m bench compare` of JSON files of benchmarks: pairs of rounds, machines, and what is not judged."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.support import compared
from tests.support.command import TOP, command


def files(folder: Path, name: str, random: np.random.Generator, drift: Sequence[float], slower: float) -> str:
    """The rounds of one side of an interleaved comparison, as the command line takes them."""
    paths = []
    for i, level in enumerate(drift):
        rounds = level * np.exp(0.01 * random.normal(size=(2, 9))) * [[slower], [1.0]]
        record = compared.record({"test_it[a]": 1e-3 * rounds[0], "test_other": 1e-3 * rounds[1]})
        paths.append(str(compared.saved(folder / f"{name}{i}.json", record)))
    return f"{name}=[{','.join(paths)}]"


def test_interleaved_rounds_are_paired(tmp_path: Path) -> None:
    """The machine slows down by half in the course, which hits both sides alike."""
    random, drift = np.random.default_rng(0), np.linspace(1, 1.5, 6)
    base, head = files(tmp_path, "base", random, drift, 1.0), files(tmp_path, "head", random, drift, 1.3)
    code, out, _ = command("compare", base, head)
    assert code == 4
    assert out.startswith("COMPARE regressed: times: 1 regressed, 1 unchanged\n")
    assert "  test_it[a]  " in out.splitlines()[3]
    again = files(tmp_path, "again", random, drift, 1.0).replace("again=", "head=")
    assert command("compare", base, again).code == 0


FIELD = TOP / "tests" / "support" / "benchmarks"  # files of others: of processors without a name, with bad rows
TINY = {side: f"Not judged: t.py::tiny in {side} ({{}}-{side}.json): " for side in ("base", "head")}
FILES: dict[str, tuple[str, str, int, str, list[str]]] = {
    "no brand": ("arm-base", "arm-head", 4, "COMPARE regressed: times: 1 regressed, 1 unchanged", []),
    "an old name of the brand": (
        "brand-base",
        "brand-head",
        4,
        "COMPARE regressed: times: 1 regressed, 1 unchanged",
        [],
    ),
    "a time of zero": (
        "zero-base",
        "zero-head",
        4,
        "COMPARE regressed: times: 1 regressed, 1 without a time",
        [TINY[side].format("zero") + "its median is 0.0, which is no time." for side in TINY],
    ),
    "a row of null": (
        "null-base",
        "zero-head",
        4,
        "COMPARE regressed: times: 1 regressed, 1 without a time",
        [TINY["base"].format("null") + "it has no stats."],
    ),
    "a file and itself": ("arm-base", "arm-base", 0, "COMPARE ok: times: 2 unchanged", []),
}


@pytest.mark.parametrize("case", FILES)
def test_files_of_others(case: str) -> None:
    base, head, expected, first, named = FILES[case]
    code, out, err = command(
        "compare", *(f"{side}={FIELD / name}.json" for side, name in (("base", base), ("head", head)))
    )
    assert (code, err, out.splitlines()[0]) == (expected, "", first)
    assert set(named) <= set(out.splitlines())
    assert case in ("a file and itself",) or " 1.5 [1.5, 1.5] " in out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_of_other_unicodes(tmp_path: Path, encoding: str) -> None:
    for side in ("base", "head"):
        (tmp_path / f"{side}.json").write_bytes((FIELD / f"arm-{side}.json").read_text().encode(encoding))
    assert command("compare", f"base={tmp_path / 'base.json'}", f"head={tmp_path / 'head.json'}").code == 4


def test_a_machine_that_no_file_tells_is_told(tmp_path: Path) -> None:
    paths = [compared.saved(tmp_path / f"{i}.json", compared.record({"a": [1.0 + i] * 5}, {})) for i in range(2)]
    sides = f"base={paths[0]}", f"head={paths[1]}"
    assert command("compare", *sides).code == 5
    assert command("compare", *sides, "same_machine=true").code == 4
    assert command("compare", sides[0], f"head={paths[0]}").code == 0  # a file and itself are of one machine
    assert "same_machine='x' is not allowed; allowed: true, false" in command("compare", *sides, "same_machine=x").err


def test_a_file_without_a_machine_is_judged_where_the_user_vouches_for_it(tmp_path: Path) -> None:
    records = [{"benchmarks": compared.record({"a": [level] * 5})["benchmarks"]} for level in (1.0, 2.0)]
    base, head = (compared.saved(tmp_path / f"{i}.json", record) for i, record in enumerate(records))
    code, out, _ = command("compare", f"base={base}", f"head={head}")
    assert (code, "same_machine=true judges them" in out) == (5, True)
    assert command("compare", f"base={base}", f"head={head}", "same_machine=true").code == 4
    assert command("compare", f"base={base}", f"head={base}").code == 0


def test_times_of_a_single_round_are_not_judged_and_the_reason_is_told(tmp_path: Path) -> None:
    base, head = (compared.saved(tmp_path / f"{i}.json", compared.record({"a": [1.0 + i]})) for i in range(2))
    code, out, _ = command("compare", f"base={base}", f"head={head}")
    assert code == 5
    assert "Not judged: 1 times without an interval, which takes two rounds or more." in out
