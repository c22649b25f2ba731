"""The explorer in a real browser: every control, and the numbers and marks that it changes."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.tables import slices
from tests.support import synthetic
from tests.support.browser import Browser
from tests.support.explorer import GRID, Frames, cells, choose, offered, wanted
from tests.support.reports import MANIFEST, catalogue, dot, written

MIDDLE = {
    "objective": "squared_error", "latent": "per_datum", "sampler": "iid", "parameter": "mu", "mu": 1, "sigma": 1,
    "dataset_size": 10, "samples": 10, "evaluation": "direct",
}  # fmt: skip
CHANGED = {
    "objective": "cosine k=5", "latent": "shared", "sampler": "antithetic", "parameter": "sigma2", "mu": 0,
    "dataset_size": 1, "samples": 1,
}  # fmt: skip


def check(
    page: Browser,
    tables: Frames,
    quantity: str = "variance_ratio",
    along: str = "sigma",
    estimators: Sequence[str] = (),
    **choice: object,
) -> list[list[Any]]:
    """The points of the plot and their table are what the tables hold for a choice; gives them."""
    estimators = estimators or ["pathwise", "score_function", "score_function_local"]
    expected = wanted(tables, quantity, along, MIDDLE | choice, estimators)
    points = cells(page, "#points tbody tr")
    assert len(points) == len(expected)
    for texts, row in zip(points, expected, strict=True):
        assert len(texts) == len(row)
        for text, value in zip(texts, row, strict=True):
            if isinstance(value, str):
                assert text == value
            else:
                assert float(text) == pytest.approx(value, rel=1e-12)
    measured = [row for row in expected if len(row) > 3]
    assert page.do("document.querySelectorAll('#plot .point').length") == len(measured)
    return expected


def test_the_explorer_begins_in_the_middle_of_the_grid(page: Browser, tables: Frames) -> None:
    assert check(page, tables)
    _, middle = slices.middle(slices.measured(tables["ratios"], "variance_ratio"), slices.AXES)
    assert middle == {key: MIDDLE[key] for key in slices.AXES}


def test_every_facet_changes_the_numbers_to_those_of_the_table(page: Browser, tables: Frames) -> None:
    for name, value in CHANGED.items():
        before = cells(page, "#points tbody tr")
        choose(page, name, value)
        check(page, tables, **{name: value})
        assert cells(page, "#points tbody tr") != before
        choose(page, name, MIDDLE[name])
        assert cells(page, "#points tbody tr") == before


@pytest.mark.parametrize("quantity", ["variance_ratio", "variance", "gradient", "efficiency_ratio"])
def test_every_quantity_along_every_axis(page: Browser, tables: Frames, quantity: str) -> None:
    choose(page, "quantity", quantity)
    choose(page, "evaluation", MIDDLE["evaluation"])
    for along in slices.AXES:
        choose(page, "along", along)
        assert check(page, tables, quantity, along)
    choose(page, "sigma", 3)
    check(page, tables, quantity, "samples", sigma=3)


def test_times_have_no_sigma_so_the_axis_and_the_controls_change(page: Browser, tables: Frames) -> None:
    assert offered(page) == [
        "quantity", "along", "objective", "latent", "sampler", "parameter", "mu", "dataset_size", "samples",
        "xscale", "yscale",
    ]  # fmt: skip
    choose(page, "quantity", "estimate_ns")
    controls = "document.getElementById('controls').elements"
    assert page.do(f"{controls}.along.value") == "dataset_size"
    assert page.do(f"[...{controls}.along.options].map((option) => option.disabled)") == [True, True, False, False]
    check(page, tables, "estimate_ns", "dataset_size")
    choose(page, "along", "samples")
    check(page, tables, "estimate_ns", "samples")
    choose(page, "evaluation", "collapsed")
    assert page.do("document.getElementById('plot').textContent") == "Nothing was measured for this choice."
    choose(page, "latent", "shared")
    assert check(page, tables, "estimate_ns", "samples", evaluation="collapsed", latent="shared")
    assert offered(page) == [
        "quantity", "along", "objective", "latent", "sampler", "dataset_size", "evaluation", "xscale", "yscale",
    ]  # fmt: skip


def test_what_leaves_no_choice_is_said_below_the_plot(page: Browser) -> None:
    besides = page.do("document.getElementById('besides').textContent")
    assert besides == "Shown: family normal, components tied."


@pytest.fixture
def families(browser: Browser, tmp_path: Path) -> Iterator[tuple[Browser, Frames]]:
    """The page of a run that mixes families, with its tables."""
    grid = {"sigma": [1.0, 3.0], "dataset_size": [1, 10], "samples": [10], "latents": ["shared"]}
    tables = synthetic.tables(families=["gamma", "normal", "bernoulli"], **grid)
    written(tmp_path, tables, MANIFEST, catalogue(first=dot))
    browser.open(tmp_path / "index.html")
    yield browser, tables
    assert browser.complaints() == []


def test_a_family_brings_its_parameters_and_its_axes(families: tuple[Browser, Frames]) -> None:
    page, tables = families
    controls = "document.getElementById('controls').elements"
    possible = f"(name) => [...{controls}[name].options].filter((one) => !one.disabled).map((one) => one.value)"
    ratios = tables["ratios"]
    for family, parameters, axes in (
        ("gamma", ["alpha", "rate"], ["alpha", "dataset_size"]),
        ("normal", ["mu", "sigma", "sigma2", "log_sigma"], ["sigma", "dataset_size"]),
    ):
        choose(page, "family", family)
        assert sorted(map(json.loads, page.do(f"({possible})('parameter')"))) == sorted(parameters)
        assert page.do(f"({possible})('along')") == axes
        choose(page, "parameter", parameters[0])
        choose(page, "along", axes[0])
        choose(page, "dataset_size", 10)
        rows = ratios[(ratios["family"] == family) & (ratios["parameter"] == parameters[0])]
        points = cells(page, "#points tbody tr")
        wanted = rows[rows["dataset_size"] == 10]["variance_ratio"]
        assert [float(row[2]) for row in points] == pytest.approx(list(wanted), rel=1e-12)
    choose(page, "family", "bernoulli")
    choose(page, "quantity", "gradient")
    choose(page, "along", "logit")
    assert [float(row[0]) for row in cells(page, "#points tbody tr") if len(row) > 3] == [-1, 0, 2]
    assert not {"vector", "entropy", "parameter"} & {*offered(page)}
    assert ", parameter logit" in page.do("document.getElementById('besides').textContent")


def test_what_is_not_in_the_plot_is_named_with_the_reason(page: Browser) -> None:
    absent = "document.getElementById('absent').textContent"
    assert page.do(absent) == ""
    choose(page, "latent", "shared")
    assert page.do(absent) == "Not in the plot: score function local (no such row)."
    choose(page, "along", "dataset_size")
    choose(page, "latent", "per_datum")
    choose(page, "samples", 1)
    choose(page, "sigma", 3)
    assert page.do(absent) == "Not in the plot: score function (skipped: why), score function local (skipped: why)."


def test_pathwise_is_below_every_ratio_so_it_is_no_choice_there(page: Browser) -> None:
    box = "document.querySelector('[name=estimator][value=pathwise]').parentNode.hidden"
    assert page.do(box) is True
    choose(page, "quantity", "variance")
    assert page.do(box) is False


def test_a_narrow_range_has_tick_labels_too(page: Browser) -> None:
    """All gradients along samples are one number and its error: no power of ten is near."""
    choose(page, "quantity", "gradient")
    choose(page, "along", "samples")
    labels = page.do("[...document.querySelectorAll('#plot text[text-anchor=end]')].map((text) => text.textContent)")
    assert len(set(labels)) == len(labels) >= 2


def test_estimators_can_be_left_out(page: Browser, tables: Frames) -> None:
    choose(page, "quantity", "variance")
    page.do("document.querySelector('[name=estimator][value=pathwise]').click()")
    check(page, tables, "variance", estimators=["score_function", "score_function_local"])


def test_a_mark_tells_its_numbers_to_mouse_and_keyboard(page: Browser, tables: Frames) -> None:
    first, second = check(page, tables)[:2]
    page.do("document.getElementById('plot').scrollIntoView({behavior: 'instant'})")
    x, y = page.do(
        "(() => { const box = document.querySelector('#plot .halo').getBoundingClientRect(); "
        "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    page.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    told = page.do("document.getElementById('readout').textContent")
    assert told.startswith(f"score function, standard deviation \u03c3 {first[0]:g}: variance ratio ")
    assert "[" in told
    assert ", exact " in told
    page.do("document.querySelector('#plot .point').focus()")
    page.press("Tab", 9)
    told = page.do("document.getElementById('readout').textContent")
    assert told.startswith(f"score function, standard deviation \u03c3 {second[0]:g}: ")
    assert page.do("document.activeElement.getAttribute('aria-label')") == told


def test_a_control_obeys_the_keyboard(page: Browser, tables: Frames) -> None:
    page.do("document.getElementById('controls').elements.latent.focus()")
    page.press("ArrowUp", 38)
    assert page.do("document.getElementById('controls').elements.latent.selectedOptions[0].text") == "shared draw"
    check(page, tables, latent="shared")


def test_the_exact_values_are_a_line_or_a_cross(page: Browser, tables: Frames) -> None:
    lines = "[...document.querySelectorAll('#plot .oracle')].map((path) => path.getAttribute('d')).filter(Boolean)"
    assert [line.count("L") for line in page.do(lines)] == 2 * [len(GRID["sigma"]) - 1]
    choose(page, "along", "samples")
    choose(page, "sigma", 3)  # where one of the two is skipped
    assert [line.count("h24") for line in page.do(lines)] == [1, 1]
