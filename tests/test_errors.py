"""Exit codes: what each is, and which counts where there are several."""

import pytest

from bench.errors import BadInput, BenchError, ExitCode, NothingMeasured, unknown, worst


def test_the_codes_are_those_that_the_readme_promises() -> None:
    codes = {code.name: int(code) for code in ExitCode}
    assert codes == {
        "DONE": 0,
        "FAILED": 1,
        "BAD_INPUT": 2,
        "ORACLE_DISAGREES": 3,
        "CHANGED": 4,
        "NOTHING_MEASURED": 5,
        "INTERRUPTED": 130,
    }
    assert all(code.meaning for code in ExitCode)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [((0,), 0), ((0, 5), 5), ((5, 4), 4), ((4, 1), 1), ((2, 3, 0), 3), ((5, 3), 3), ((2, 4), 2)],
)
def test_the_worst_code_counts(codes: tuple[int, ...], expected: int) -> None:
    assert worst(codes) == worst(reversed(codes)) == expected


def test_an_error_has_its_code() -> None:
    assert [kind.exit_code for kind in (BenchError, BadInput, NothingMeasured)] == [1, 2, 5]


def test_an_unknown_name_is_told_with_the_names_in_order() -> None:
    assert str(unknown("data", "galton", ["normal", "csv"])) == "unknown data 'galton'; known: csv, normal"


def test_the_nearest_of_several_names_is_told() -> None:
    assert str(unknown("data", "norml", ["normal", "csv"])).endswith("; known: csv, normal; did you mean normal?")
    assert str(unknown("data", "norml", ["normal"])).endswith("; known: normal")
