"""Any words after `sweep` and other commands: a documented end, one line for bad input, and nothing lost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench import cli
from bench.config import overrides
from bench.errors import ExitCode
from bench.oracle import forecast
from tests.support.fuzz import FEW, MANY, hold

SWEEP = (*overrides.defaults("sweep"), "data.mean", "data.name", "executor.workers", "family.normal.mu")
GROUPS = ("study", "data", "executor", "objective", "estimator", "sampler", "family")
ODD_KEYS = (
    "",
    "hydra.run.dir",
    "sigma.0",
    "data@x",
    "study/x",
    "_target_",
    "objective.cosine.k",
    "derived.a",
    "é",
    "~",
)
KEYS = st.one_of(st.sampled_from(SWEEP), st.sampled_from(GROUPS), st.sampled_from(ODD_KEYS), st.text(max_size=4))
SIGNS = st.sampled_from(["", "", "", "", "+", "++", "~", "+++", " "])

LETTERS = st.text(st.sampled_from("ab1 .,:;=/\\'\"[]{}()$%#~@*|&<>?!-+_é\u2028\u0000\n\t\udc80\U0001f600"), max_size=8)
WORDS = ("null", "true", "nan", "-inf", "1e999", "1_0", "007", "0x1", "normal", "smoke", "pathwise", "iid", "serial")
CALLS = ("range(1,4)", "range(3)", "range(1,2,0)", "range(0,1,0.3)", "choice(1,2)", "glob(*)", "int(a)", "sort(2,1)")
NUMBERS = st.one_of(st.integers(-3, 300), st.integers(10**12, 10**400), st.floats()).map(str)
ATOMS = st.one_of(LETTERS, st.sampled_from(WORDS), st.sampled_from(CALLS), NUMBERS, st.text(max_size=5))
NESTED = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{','.join(items)}]"),
        st.lists(inner, max_size=2).map(
            lambda items: f"{{{','.join(f'a{i}:{item}' for i, item in enumerate(items))}}}"
        ),
        inner.map(repr),
    ),
    max_leaves=5,
)
VALUES = st.one_of(NESTED, st.lists(ATOMS, min_size=2, max_size=3).map(",".join))
OVERRIDES = st.builds("{}{}={}".format, SIGNS, KEYS, VALUES)
LINES = st.lists(
    st.one_of(OVERRIDES, OVERRIDES, OVERRIDES, LETTERS, st.sampled_from(["-m", "--help", "-x"])), max_size=4
)
OTHERS = st.sampled_from(sorted(set(cli.COMMANDS) - {"sweep", "track", "check"}))  # which take minutes, or files


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sweeps end at the plan: what they would cost is measured elsewhere."""
    monkeypatch.setattr(forecast, "describe", lambda *arguments: "a plan")


def try_sweep(line: list[str]) -> ExitCode:
    """What a sweep of these words ends with; it is not run, for its last word asks for the plan alone."""
    words = [word for word in line if not word.lstrip("+ ").startswith("dataset_size")]  # data may take all memory
    outcome = hold("sweep", "study=smoke", *words, "dry_run=true")
    assert "hydra" not in outcome.err.replace("hydra.run.dir", "").lower()
    return outcome.code


@FEW
@example(["data=[newcomb,normal]"])
@example(["sigma=[[1],range(1,4)]"])
@example(["name='"])
@example(["-m", "seed=0,1"])
@given(LINES)
def test_a_few_lines_of_a_sweep_end_as_documented(planned: None, line: list[str]) -> None:
    try_sweep(line)


@pytest.mark.slow
@MANY
@given(LINES)
def test_many_lines_of_a_sweep_end_as_documented(planned: None, line: list[str]) -> None:
    try_sweep(line)


@pytest.mark.slow
@FEW
@given(OTHERS, LINES)
def test_lines_of_other_commands_end_as_documented(name: str, line: list[str]) -> None:
    words = [word for word in line if not word.lstrip("+ ").startswith(("markdown", "json"))]  # names of files to write
    hold(name, "output=nowhere" if name in ("report", "export") else "plugins=[]", *words)


def test_right_and_wrong_lines_are_told_apart(planned: None) -> None:
    """The control: what is right is done, what is wrong is not."""
    assert try_sweep(["sigma=range(1,4)", "output=données (1)", "seed=3"]) == ExitCode.DONE
    assert try_sweep(["sigma=range(0,4)"]) == ExitCode.BAD_INPUT
