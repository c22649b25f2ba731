"""The small pictures: where their marks stand is what the rows say."""

import re

import numpy as np
import pandas as pd
import pytest

from bench.report.page import marks
from bench.report.page.headline import AGREE, COSTS, DESCENDS, VARIES, WHY, answers
from bench.report.page.marks import EDGE, WIDE, Range
from bench.report.page.pictured import pictures
from tests.support import synthetic
from tests.support.reports import MANIFEST


def ends(text: str) -> list[tuple[float, float]]:
    return [(float(low), float(high)) for low, high in re.findall(r'd="M([\d.]+) [\d.]+H([\d.]+)" stroke', text)]


def test_a_line_reaches_from_the_smallest_to_the_largest_on_a_log_scale() -> None:
    text = marks.strips({"pathwise": Range(1.0, 10.0, 100.0), "price": Range(10.0, 10.0, 10.0)}, 1.0, "said")
    middle = WIDE / 2
    assert ends(text) == [(EDGE, WIDE - EDGE), (middle, middle)]
    assert text.count(f"translate({middle:.1f} ") == 2
    assert 'aria-label="said"' in text
    assert re.findall(r"<text[^>]*>([^<]*)", text) == ["1", "100"]


def test_a_level_outside_of_the_values_is_in_the_picture() -> None:
    text = marks.strips({"pathwise": Range(0.9, 1.0, 1.0)}, 0.0, "said", logarithmic=False)
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


def test_every_answer_of_a_sweep_has_its_picture_and_without_rows_there_is_none() -> None:
    tables = synthetic.tables(sigma=[0.3, 1.0], dataset_size=[1, 10], samples=[1])
    judged = MANIFEST["verdict"]
    assert {*pictures(tables, judged)} == {*answers(tables, judged)} == {AGREE, VARIES, COSTS, WHY, DESCENDS}
    assert sum(map(len, pictures(tables, judged).values())) < 20_000
    none = {name: frame.head(0) for name, frame in tables.items()}
    assert pictures(none, judged) == {}
    assert AGREE not in pictures(tables | {"statistics": tables["statistics"].assign(gradient_z=np.nan)}, judged)
