import matplotlib
import pytest

from bench.drawing import palette, style
from bench.markup import numbers


def test_known_estimators_keep_their_look_beside_any_other():
    names = ["pathwise", "score_function", "score_function_local", "mine"]
    looks = palette.looks(names)
    assert {name: looks[name] for name in palette.KNOWN} == palette.KNOWN
    assert looks == palette.looks(reversed(names))


def test_an_unknown_estimator_has_one_look_of_its_own():
    alone = palette.looks(["mine"])["mine"]
    assert palette.looks(["mine", "pathwise"])["mine"] == alone
    assert alone not in palette.KNOWN.values()


def test_five_unknown_estimators_have_five_colours_and_forty_five_differ():
    assert len({look.colour for look in palette.looks(f"mine_{i}" for i in range(5)).values()}) == 5
    assert len(set(palette.looks(f"mine_{i}" for i in range(45)).values())) == 45


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
