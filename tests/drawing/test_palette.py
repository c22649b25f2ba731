"""Looks are told apart: by their markers, or else by their colours, in every vision and in grey."""

import itertools
import zlib
from collections import Counter

import pytest

from bench import registry
from bench.drawing import palette
from bench.drawing.palette import COLOURS, KNOWN, MARKERS, METHODS, Look, look
from tests.support.colours import VISIONS, distance, grey_distance, hue, luminance

FARTHEST, LIGHTEST = 15.0, 7.0  # delta E and L* between two colours that are told apart; 1 to 2 is just noticeable
COMMON = ("pathwise", "score_function", "score_function_local")
USERS = [f"mine_{i}" for i in range(3000)]


def apart(first: Look, second: Look) -> bool:
    """Whether the colours alone tell two looks apart, to everybody and in grey."""
    seen = min(distance(first.colour, second.colour, vision) for vision in VISIONS)
    return seen >= FARTHEST and grey_distance(first.colour, second.colour) >= LIGHTEST


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(KNOWN, 2)))
def test_two_estimators_of_the_package_differ_in_marker_or_in_colour(first: str, second: str) -> None:
    assert KNOWN[first].marker != KNOWN[second].marker or apart(KNOWN[first], KNOWN[second])


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(COMMON, 2)))
def test_the_most_common_estimators_differ_in_both(first: str, second: str) -> None:
    assert KNOWN[first].marker != KNOWN[second].marker
    assert apart(KNOWN[first], KNOWN[second])


@pytest.mark.parametrize(
    ("first", "second"),
    [("#D55E00", "#8C7A00"), ("#0173B2", "#007C80"), ("#D55E00", "#029E73")],
    ids=["alike without red or green", "alike without blue", "alike in grey"],
)
def test_colours_that_some_readers_confuse_are_not_apart(first: str, second: str) -> None:
    assert distance(first, second) > 1.5 * FARTHEST
    assert not apart(Look(first, "o"), Look(second, "o"))


@pytest.mark.parametrize("kind", METHODS)
def test_a_kind_of_method_has_one_hue_and_a_marker_for_each_estimator(kind: str) -> None:
    looks = list(METHODS[kind].values())
    others = [look for other in METHODS if other != kind for look in METHODS[other].values()]

    def turn(first: Look, second: Look) -> float:
        degrees = abs(hue(first.colour) - hue(second.colour))
        return min(degrees, 360 - degrees)

    within = max(turn(first, second) for first in looks for second in looks)
    assert within < 15 < 30 < min(turn(first, second) for first in looks for second in others)
    assert len({look.marker for look in looks}) == len({look.colour for look in looks}) == len(looks)


def test_every_estimator_of_the_package_has_a_look() -> None:
    assert set(registry.load(kinds=["estimator"]).plugins["estimator"]) <= set(KNOWN)
    assert sum(map(len, METHODS.values())) == len(KNOWN)


@pytest.mark.parametrize("colour", [*COLOURS, *(known.colour for known in KNOWN.values())])
def test_no_colour_fades_into_the_paper(colour: str) -> None:
    assert luminance(colour) < 0.5


def test_a_users_estimator_never_looks_like_one_of_the_package() -> None:
    assert not {known.marker for known in KNOWN.values()} & set(MARKERS)
    assert not {known.colour for known in KNOWN.values()} & set(COLOURS)
    names = [*USERS, *(f"{name}(h={i})" for name in KNOWN for i in range(20)), "", "(", "pathwise(", " pathwise"]
    assert {look(name).marker for name in names} == set(MARKERS)


def test_users_names_share_a_look_as_seldom_as_it_can_be() -> None:
    """All looks are used, none by more names than chance allows: a standard deviation is 7 of 50."""
    counts = Counter(map(look, USERS))
    assert set(counts) == {Look(colour, marker) for colour in COLOURS for marker in MARKERS}
    assert max(counts.values()) < len(USERS) / len(counts) + 5 * (len(USERS) / len(counts)) ** 0.5


def test_the_colours_of_users_differ_in_ordinary_vision() -> None:
    assert all(distance(first, second) >= FARTHEST for first, second in itertools.combinations(COLOURS, 2))


@pytest.mark.parametrize("name", ["spsa", "score_function", "pathwise"])
def test_parameters_keep_the_colours_of_the_kind_of_method(name: str) -> None:
    colours = next({look.colour for look in looks.values()} for looks in METHODS.values() if name in looks)
    looks = {look(f"{name}(h={i})") for i in range(1000)}
    assert {look.colour for look in looks} == colours
    assert len(looks) == len(colours) * len(MARKERS)


def test_a_look_is_the_same_in_every_process() -> None:
    """By a sum over the bytes of the name: Python's own hash of a text differs from process to process."""
    number = zlib.crc32(b"mine") % 60
    assert palette.look("mine") == Look(COLOURS[number % 15], MARKERS[number // 15])
