"""A small picture beside each answer: one drawing of a few marks, in SVG, made from the same rows as the sentence."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup

from bench.markup.numbers import known, spoken
from bench.report.page.looks import looks

WIDE, ROW, LINE, EDGE, DIGIT = 190.0, 16.0, 14.0, 10.0, 6.0  # CSS pixels
BINS = 25
Scale = Callable[[float], float]


class Range(NamedTuple):
    """The smallest, the middle and the largest value of an estimator."""

    low: float
    middle: float
    high: float


def ranges(rows: pd.DataFrame, by: str, value: str) -> dict[str, Range]:
    """Of each name in a column the values in another."""
    told = rows.groupby(by, sort=False)[value].quantile([0.0, 0.5, 1.0]).unstack()
    return {str(name): Range(*map(float, told.loc[name])) for name in rows[by].unique()}


def strips(of: Mapping[str, Range], level: float, said: str, axis: str, logarithmic: bool = True) -> Markup:
    """A line for each estimator from the smallest to the largest value with a mark in the middle, beside a level."""
    ends = [end for item in of.values() for end in (item.low, item.high) if known(end) and end > 0]
    scale = _scale(min([level, *ends]), max([level, *ends]), logarithmic)
    height, marks = ROW * len(of), looks(of)
    parts = [_upright(scale(level), height)]
    for i, (name, item) in enumerate(of.items()):
        y, (low, middle, high) = ROW * (i + 0.5), (scale(max(end, min(ends))) for end in item)
        parts.append(
            Markup('<path d="M{:.1f} {y}H{:.1f}" style="stroke: {paint}"/>').format(low, high, y=y, **marks[name])
            + Markup('<path d="{outline}" style="fill: {paint}" transform="translate({:.1f} {y}) scale(.8)"/>').format(
                middle, y=y, **marks[name]
            )
        )
    lowest, highest = min([level, *ends]), max([level, *ends])
    return _picture(parts, height, said, {scale(end): spoken(end) for end in (lowest, level, highest)}, axis)


def scores(values: Sequence[float], bound: float, said: str) -> Markup:
    """How often a difference has so many standard errors, between the largest that are allowed."""
    heights, edges = np.histogram(np.asarray(values, dtype=float), BINS, (-bound, bound))
    scale, tall = _scale(-bound, bound, False), 2 * ROW
    bars = [
        Markup('<path class="bar" d="M{:.1f} {:.1f}V{:.1f}"/>').format(
            scale((left + right) / 2), tall, tall - tall * count / max(heights.max(), 1)
        )
        for count, left, right in zip(heights, edges[:-1], edges[1:], strict=True)
        if count
    ]
    ends = [_upright(scale(end), tall) for end in (-bound, bound)]
    ticks = {scale(end): f"{end:.2g}".replace("-", "\N{MINUS SIGN}") for end in (-bound, 0.0, bound)}
    return _picture([*bars, *ends], tall, said, ticks, "standard errors from exact")


def descent(said: str) -> Markup:
    """F against sigma where F is a constant and sigma^2: a ball that rolls to sigma = 0."""
    scale, tall = _scale(0.0, 1.0, False), 2 * ROW
    curve = " ".join(f"{scale(x):.1f},{tall - 4 - (tall - 8) * x**2:.1f}" for x in np.linspace(0, 1, 21))
    balls = [
        Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(scale(x), tall - 4 - (tall - 8) * x**2, r)
        for x, r in ((0.9, 2), (0.6, 2.5), (0.3, 3), (0.02, 4))
    ]
    return _picture(
        [Markup('<polyline points="{}"/>').format(curve), *balls],
        tall,
        said,
        {scale(0): "0"},
        "F against \N{GREEK SMALL LETTER SIGMA}",
    )


def _scale(low: float, high: float, logarithmic: bool) -> Scale:
    """From values to pixels."""
    ends = np.log([low, high]) if logarithmic else np.array([low, high])
    width = (WIDE - 2 * EDGE) / ((ends[1] - ends[0]) or 1.0)
    return lambda value: float(EDGE + width * ((np.log(value) if logarithmic else value) - ends[0]))


def _upright(x: float, height: float) -> Markup:
    return Markup('<path class="level" d="M{:.1f} 0V{}"/>').format(x, height)


def _picture(parts: Sequence[Markup], height: float, said: str, ticks: Mapping[float, str], axis: str) -> Markup:
    """The picture; below it numbers, those left out that another would touch, and what they count."""
    words, end = Markup(""), -WIDE
    for x, text in sorted(ticks.items()):
        wide = DIGIT * len(text)
        anchor, left = (
            ("start", x) if x < 2 * EDGE else ("end", x - wide) if x > WIDE - 2 * EDGE else ("middle", x - wide / 2)
        )
        if left > end + DIGIT:
            words += Markup('<text x="{:.1f}" y="{}" text-anchor="{}">{}</text>').format(x, height + 12, anchor, text)
            end = left + wide
    head = Markup('<svg class="marks" role="img" aria-label="{}" viewBox="0 0 {:g} {:g}">')
    words += Markup('<text x="{:g}" y="{}" text-anchor="middle">{}</text>').format(WIDE / 2, height + 12 + LINE, axis)
    return head.format(said, WIDE, height + 16 + LINE) + Markup("").join(parts) + words + Markup("</svg>")
