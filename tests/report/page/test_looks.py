"""The marks of the explorer are those of the figures."""

import re

from bench.drawing import palette
from bench.report.page.looks import RADIUS, looks, outline


def test_markers_have_the_shapes_of_the_figures() -> None:
    every = {look.marker for look in palette.KNOWN.values()} | set(palette.MARKERS)
    outlines = {marker: outline(marker) for marker in every}
    assert len(set(outlines.values())) == len(every)
    for path in outlines.values():
        assert re.fullmatch(r"(M(-?[\d.]+ -?[\d.]+L?)+Z)+", path)
        assert max(abs(float(number)) for number in re.findall(r"-?[\d.]+", path)) <= 1.5 * RADIUS
    assert looks(["pathwise"])["pathwise"]["colour"] == palette.KNOWN["pathwise"].colour
