"""What a reader tries on the page: two estimators of one gradient, and two descents, from formulas that are exact."""

import re
from pathlib import Path

import numpy as np
import pytest

from bench.report.sections.asked import asked
from tests.support.browser import Browser
from tests.support.explorer import Frames
from tests.support.reports import MANIFEST

MEDIA = "Emulation.setEmulatedMedia"


def put(page: Browser, panel: str, name: str, value: object) -> None:
    """Set a control as its user does."""
    page.do(
        f"""(() => {{ const control = document.querySelector('#{panel} [name={name}]');
        control.value = {value!r}; control.dispatchEvent(new Event("input", {{ bubbles: true }})); }})()"""
    )


def told(page: Browser, panel: str) -> str:
    return str(page.do(f"document.querySelector('#{panel} .told').textContent"))


def ratio(sigma: float, tables: Frames) -> list[float]:
    """The score function's variance over that of pathwise, by mu and by sigma^2, in closed form."""
    question = asked(tables, MANIFEST)
    a, s2, v = question["mu"] - question["mean"], question["variance"], sigma**2
    large = a**2 + s2
    by_mu = (large**2 / v + 8 * a**2 + 6 * large + 15 * v) / (4 * v)
    squares = 2 * large**2 + 40 * a**2 * v + 78 * v**2 + 20 * large * v
    return [by_mu, (squares / (4 * v**2) - 1) / (a**2 / v + 2)]


@pytest.mark.parametrize("power", [-1, 0, 0.5])
def test_its_variances_are_those_of_the_closed_forms(page: Browser, tables: Frames, power: float) -> None:
    put(page, "draws", "sigma", power)
    for parameter, expected in zip(("mu", "sigma2"), ratio(10**power, tables), strict=True):
        put(page, "draws", "parameter", parameter)
        said = float(page.do("document.querySelector('#draws .drawing').dataset.ratio"))
        assert said == pytest.approx(expected, rel=1e-9)


def test_its_estimates_have_these_variances_and_the_exact_mean(page: Browser, tables: Frames) -> None:
    made = page.do(
        """(() => { const f = squaredError(data.try), at = { mu: data.try.mu, sigma: 0.7 }, normal = normals(3);
        const all = Array.from({ length: 20000 }, () => estimates(f, at, 1, normal));
        return ["score_function", "pathwise"].map((name) => [0, 1].map((p) => all.map((one) => one[name][p]))); })()"""
    )
    exact = page.do(
        """(() => { const f = squaredError(data.try), at = { mu: data.try.mu, sigma: 0.7 };
        const v = exactVariance(f, at); return [exactGradient(f, at), v.score_function, v.pathwise]; })()"""
    )
    gradient = np.array(exact[0])
    for estimates, variance in zip(np.array(made), np.array(exact[1:]), strict=True):
        error = np.sqrt(variance / estimates.shape[1])
        assert (abs(estimates.mean(axis=1) - gradient) < 5 * error).all()
        assert estimates.var(axis=1) == pytest.approx(variance, rel=0.2)


def test_a_mean_is_told_with_its_standard_error(page: Browser) -> None:
    told_as = page.do("[meanOf([1, 2, 3, 4]), meanOf([210, 230, 250, 190]), meanOf([1e5, 2e5]), meanOf([2, 2])]")
    assert told_as == ["2.50 \u00b1 0.65", "220 \u00b1 13", "150000 \u00b1 50000", "2.0 \u00b1 0.0"]
    mean = r"-?[\d.]+ \u00b1 [\d.]+"
    assert re.match(
        rf"The means of these 200 estimates, with their standard errors, are {mean} and {mean}\. At n = ",
        told(page, "draws"),
    )


def test_draws_and_sliders_change_what_is_seen(page: Browser) -> None:
    before = told(page, "draws")
    page.do("document.querySelector('#draws [name=again]').click()")
    again = told(page, "draws")
    put(page, "draws", "samples", 3)
    assert len({before, again, told(page, "draws")}) == 3
    assert page.do("document.querySelector('#draws [name=samples-told]').value") == "1000"
    page.do("document.querySelector('#draws [name=sigma]').focus()")
    page.press("ArrowRight", 39)
    assert page.do("document.querySelector('#draws [name=sigma-told]').value") != "1"


@pytest.mark.parametrize(("objective", "rest"), [("squared_error", 0.0), ("reverse_kl", 1.0), ("elbo", 11**-0.5)])
def test_descent_ends_where_the_objective_is_least(page: Browser, objective: str, rest: float) -> None:
    put(page, "descent", "objective", objective)
    put(page, "descent", "samples", 2)
    for _ in range(45):
        page.do("document.querySelector('#descent [name=step]').click()")
    said = told(page, "descent")
    assert said.startswith("After 400 steps the 13 paths are: ")
    ranges = re.findall(r"\u03c3 from ([\d.]+) to ([\d.]*\d)", said)
    assert len(ranges) == 2
    for sigma in (float(end) for ends in ranges for end in ends):
        assert abs(sigma - rest) < (0.3 if objective == "squared_error" else 0.12)
    page.do("document.querySelector('#descent [name=start]').click()")
    assert told(page, "descent").startswith("After 0 steps the 13 paths are: ")


def test_descents_that_run_away_are_given_up_and_counted(page: Browser) -> None:
    put(page, "descent", "objective", "squared_error")
    put(page, "descent", "samples", 0)
    assert page.do("document.querySelectorAll('#descent .curve.repeat').length") == 24
    page.do("data.try.variance *= 1e4")
    put(page, "descent", "samples", 0)
    assert re.search(r" Diverged: \d+ of 13 by score function", told(page, "descent"))
    put(page, "descent", "objective", "reverse_kl")
    put(page, "descent", "samples", 2)
    assert "Diverged" not in told(page, "descent")


def test_a_hundred_steps_of_both_are_drawn_before_anything_is_asked(page: Browser, folder: Path) -> None:
    """And at the width of a phone nothing of the drawing is cut off."""
    assert told(page, "descent").startswith("After 100 steps the 13 paths are: ")
    put(page, "descent", "samples", 2)
    assert told(page, "descent").startswith("After 100 steps the 13 paths are: ")
    page.open(folder / "index.html", 390, 844)
    ends = page.do(
        """[...document.querySelectorAll("#try svg")].flatMap((svg) => [...svg.querySelectorAll("text")]
        .map((text) => text.getBoundingClientRect().right - svg.getBoundingClientRect().right))"""
    )
    assert len(ends) > 10
    assert max(ends) <= 0


def test_it_plays_and_stops_and_stands_still_where_that_is_asked(page: Browser, folder: Path) -> None:
    play = "document.querySelector('#descent [name=play]')"
    page.do(f"{play}.click()")
    assert page.do(f"{play}.getAttribute('aria-pressed')") == "true"
    page.do(f"{play}.click()")
    assert page.do(f"{play}.textContent") == "play"
    page.send(MEDIA, features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    page.open(folder / "index.html")
    page.do(f"{play}.click()")
    assert told(page, "descent").startswith("After 400 steps the 13 paths are: ")
    page.send(MEDIA, features=[])
