"""The small pictures: where their marks stand is what the rows say."""

import re

import pandas as pd
import pytest

from bench.report.page import marks
from bench.report.page.marks import EDGE, WIDE, Range


def ends(text: str) -> list[tuple[float, float]]:
    return [(float(low), float(high)) for low, high in re.findall(r'd="M([\d.]+) [\d.]+H([\d.]+)" style', text)]


def test_a_line_reaches_from_the_smallest_to_the_largest_on_a_log_scale() -> None:
    text = marks.strips({"pathwise": Range(1.0, 10.0, 100.0), "price": Range(10.0, 10.0, 10.0)}, 1.0, "said", "times")
    middle = WIDE / 2
    assert ends(text) == [(EDGE, WIDE - EDGE), (middle, middle)]
    assert text.count(f"translate({middle:.1f} ") == 2
    assert 'aria-label="said"' in text
    assert re.findall(r"<text[^>]*>([^<]*)", text) == ["1", "100", "times"]


def test_a_level_outside_of_the_values_is_in_the_picture() -> None:
    text = marks.strips({"pathwise": Range(0.9, 1.0, 1.0)}, 0.0, "said", "over n", logarithmic=False)
    ((low, high),) = ends(text)
    assert low == pytest.approx(EDGE + 0.9 * (WIDE - 2 * EDGE), abs=0.1)
    assert high == WIDE - EDGE
    assert f'class="level" d="M{EDGE:.1f} ' in text


def test_the_bars_of_the_scores_are_as_high_as_they_are_many() -> None:
    text = marks.scores([0.0] * 4 + [3.0] * 2, 5.0, "said")
    heights = [float(low) - float(high) for low, high in re.findall(r'class="bar" d="M[\d.]+ ([\d.]+)V([\d.]+)', text)]
    assert heights == [32.0, 16.0]


def test_ranges_are_those_of_the_rows() -> None:
    rows = pd.DataFrame({"by": ["b", "b", "a"], "value": [1.0, 3.0, 2.0]})
    assert marks.ranges(rows, "by", "value") == {"b": Range(1, 2, 3), "a": Range(2, 2, 2)}
