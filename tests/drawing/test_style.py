import matplotlib
import pytest

from bench.drawing import style
from bench.markup import numbers


def test_the_settings_end_with_the_block_and_do_not_depend_on_the_users():
    with matplotlib.rc_context({"font.size": 31, "axes.grid": False}):
        with style.context():
            assert matplotlib.rcParams["font.size"] == 7
            assert matplotlib.rcParams["axes.grid"]
        assert matplotlib.rcParams["font.size"] == 31


@pytest.mark.parametrize(
    ("value", "text"),
    {
        3.75: "3.75",
        3.0: "3",
        119.96: "120",
        26000.0: "2.6e4",
        9999.9: "1e4",
        0.00012: "1.2e-4",
        0.0: "0",
        -28.0: "-28",
    }.items(),
)
def test_numbers(value, text):
    assert numbers.number(value) == text


@pytest.mark.parametrize(
    ("time", "text"), [(3.2, "3.2 ns"), (1234, "1.23 µs"), (5e6, "5 ms"), (2e9, "2 s"), (0.5, "0.5 ns")]
)
def test_durations(time, text):
    assert numbers.duration(time) == text
