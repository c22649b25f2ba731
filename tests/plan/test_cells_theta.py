"""The plan: the theta of a cell, one for all components or a list."""

from dataclasses import replace
from typing import Any

import pytest

from bench.errors import BadInput, NothingMeasured
from bench.plan.cells import theta_text
from tests.support.cases import NORMAL_FAMILY
from tests.support.plans import Build, Theta
from tests.support.streams import CELL


def test_untied_components_take_a_list_with_a_value_for_each(build: Build) -> None:
    plan = build(
        latent=("per_datum",),
        dataset_size=(3,),
        samples=(1,),
        mu=(1.0,),
        sigma=((0.3, 1.0, 2.0), 0.5),
        components=("untied",),
    )
    assert [cell.theta for cell in plan.cells] == [(1.0, (0.3, 1.0, 2.0)), (1.0, 0.5)]
    assert not plan.skips


def test_a_list_for_tied_components_is_skipped_with_the_reason(build: Build) -> None:
    axes: dict[str, Any] = {"latent": ("per_datum",), "dataset_size": (2,), "samples": (1,), "sigma": ((0.3, 1.0),)}
    plan = build(components=("tied", "untied"), **axes)
    reasons = {(cell.components, reason) for (cell, _), reason in plan.skips.items()}
    assert reasons == {("tied", "tied components share one theta; components=untied takes a value for each")}
    with pytest.raises(NothingMeasured, match="every cell is skipped: tied components share one theta"):
        build(components=("tied",), **axes)


@pytest.mark.parametrize(
    ("latent", "size", "words"),
    [
        ("per_datum", 3, "a number, or one for each of the 3 components of squared_error"),
        ("shared", 3, "a number, squared_error has 1 component"),
    ],
)
def test_a_list_of_another_length_is_refused(build: Build, latent: str, size: int, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        build(latent=(latent,), dataset_size=(size,), sigma=((0.3, 1.0),), components=("untied",))
    assert str(caught.value) == f"sigma=[[0.3,1]] is not allowed; allowed: {words}"


def test_a_list_of_one_is_that_number(build: Build) -> None:
    assert {cell.theta for cell in build(latent=("shared",), sigma=((0.3,),)).cells} == {(1.0, 0.3)}


LONG = tuple(float(j) for j in range(100))


@pytest.mark.parametrize(
    ("theta", "text"),
    [
        ((1.0, 0.5), "mu=1,sigma=0.5"),
        (((0.5, -1.0, 2.0), 1.0), "mu=[0.5,-1,2],sigma=1"),
        ((LONG[:8], 1.0), "mu=[0,1,2,3,4,5,6,7],sigma=1"),
    ],
)
def test_theta_in_a_word(theta: Theta, text: str) -> None:
    assert theta_text(replace(CELL, theta=theta), NORMAL_FAMILY) == text


def test_many_values_are_told_apart_by_their_digest() -> None:
    texts = [theta_text(replace(CELL, theta=((*LONG[:50], x, *LONG[51:]), 1.0)), NORMAL_FAMILY) for x in (50.0, 50.5)]
    assert len(set(texts)) == 2
    assert all(text.startswith("mu=[0,1,...,99:100:") and text.endswith("],sigma=1") for text in texts)
    assert theta_text(replace(CELL, theta=(LONG, 1.0)), NORMAL_FAMILY) == texts[0]
