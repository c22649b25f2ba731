"""The marks of the explorer are those of the figures."""

import re

import pytest

from bench.drawing import palette
from bench.report.page.looks import CONTRAST, DARK, RADIUS, contrast, lightened, looks, outline


def test_markers_have_the_shapes_of_the_figures() -> None:
    every = {look.marker for look in palette.KNOWN.values()} | set(palette.MARKERS)
    outlines = {marker: outline(marker) for marker in every}
    assert len(set(outlines.values())) == len(every)
    for path in outlines.values():
        assert re.fullmatch(r"(M(-?[\d.]+ -?[\d.]+L?)+Z)+", path)
        assert max(abs(float(number)) for number in re.findall(r"-?[\d.]+", path)) <= 1.5 * RADIUS
    assert looks(["pathwise"])["pathwise"]["colour"] == palette.KNOWN["pathwise"].colour


def test_marks_stand_out_from_a_dark_page_and_have_the_colours_of_the_figures_on_a_light_one() -> None:
    for name, look in palette.KNOWN.items():
        its = looks([name])[name]
        assert its["paint"] == f"light-dark({look.colour}, {lightened(look.colour)})"
        assert contrast(lightened(look.colour), DARK) >= CONTRAST
    assert lightened("#F09CC0") == "#f09cc0"  # pale enough as it is


def test_the_contrast_of_colours_is_that_of_wcag() -> None:
    """White on black is the largest there is; #767676 is the palest grey on white that passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") >= 4.5 > contrast("#ffffff", "#777777")
