"""Claims are judged by what the tables hold, and every point stands beside what was published."""

from typing import Any

import pandas as pd

from bench.config.published import PLACES
from bench.markup.blocks import Block, Bullets, Heading, Number, Paragraph, Table
from bench.report.sections.published import published
from tests.support import synthetic

LESS = {"says": "Pathwise varies less", "lower": "pathwise", "than": "score_function"}
MORE = {"says": "Score function varies less", "lower": "score_function", "than": "pathwise"}


def told(frames: dict[str, pd.DataFrame], **more: Any) -> list[Block]:
    source = {"source": "Someone (2026)", "setting": "one datum"} | more
    return published(frames, {"config": {"published": source}})


def frames() -> dict[str, pd.DataFrame]:
    return synthetic.tables(sigma=[0.5, 2.0], dataset_size=[1], samples=[1, 10])


def items(blocks: list[Block]) -> list[str]:
    return [str(item) for block in blocks if isinstance(block, Bullets) for item in block.items]


def table(blocks: list[Block]) -> Table:
    return next(block for block in blocks if isinstance(block, Table))


def test_a_run_of_no_source_has_no_such_section() -> None:
    assert published(frames(), {"config": {"published": None}}) == published(frames(), {}) == []


def test_source_and_setting_come_first() -> None:
    _, first, *_ = told(frames())
    assert first == Paragraph("Source: Someone (2026). Setting: one datum.")


def test_a_claim_is_counted_point_by_point_and_exceptions_are_named() -> None:
    run = frames()
    rows = run["statistics"]
    less, more, some = items(told(run, claims=[LESS, MORE, MORE | {"where": {"sigma": 2.0, "parameter": "mu"}}]))
    points = int(((rows["estimator"] == "pathwise") & rows["parameter"].isin(["mu", "sigma2"])).sum())
    assert less.startswith(f"Pathwise varies less: holds in {points} of {points} points (by a factor of ")
    assert more.startswith(f"Score function varies less: holds in 0 of {points} points, does not in {points} (")
    assert more.count(" against ") == 4
    assert more.endswith("; ...).")
    fewer = int(((rows["estimator"] == "pathwise") & (rows["parameter"] == "mu") & (rows["sigma"] == 2)).sum())
    assert some.startswith(f"Score function varies less: holds in 0 of {fewer} points, does not in {fewer} (")


def test_a_question_stands_where_a_source_would() -> None:
    heading, first, *_ = published(frames(), {"config": {"published": {"question": "Which varies less?"}}})
    assert heading == Heading(2, "The study's question")
    assert first == Paragraph("Which varies less?")


def test_a_place_may_name_some_parameters_of_an_objective() -> None:
    run = frames()
    varied = run["statistics"].assign(variant="k=1,dimension=1")
    for variant, words in (("k=1", "holds in "), ("dimension=1,k=1", "holds in "), ("k=10", "this run has no point")):
        (said,) = items(told(run | {"statistics": varied}, claims=[LESS | {"where": {"variant": variant}}]))
        assert said.startswith(f"Pathwise varies less: {words}")


def test_a_claim_without_two_sides_is_qualitative_and_one_of_another_run_has_no_point() -> None:
    no, other = items(told(frames(), claims=[{"says": "None is best"}, LESS | {"where": {"objective": "sine"}}]))
    assert no == "None is best: a qualitative claim, with nothing in it to be compared."
    assert other == "Pathwise varies less: this run has no point of it."


def test_without_exact_values_intervals_that_meet_tell_nothing_apart() -> None:
    run = frames()
    blank = run["statistics"].assign(exact_variance=float("nan"), variance=2.0, variance_low=1.0, variance_high=3.0)
    (words,) = items(told(run | {"statistics": blank}, claims=[LESS]))
    assert "holds in 0 of" in words
    assert "is not told apart in" in words


def test_a_number_stands_beside_its_row_and_a_missing_row_is_said() -> None:
    run = frames()
    rows = run["statistics"]
    row = rows[(rows["estimator"] == "pathwise") & (rows["parameter"] == "mu")].iloc[0]
    at = {key: row[key] for key in PLACES if pd.notna(row[key]) and row[key] != ""}
    right, wrong = {"variance": float(row["variance"]), **at}, {"variance": float(row["variance"]) * 3 + 7, **at}
    for number, word in ((right, "yes"), (wrong, "no")):
        lines = [line for line in table(told(run, numbers=[number])).rows if line[-1] is not None]
        assert [(line[-2], line[-1]) for line in lines] == [(Number(number["variance"]), word)]
    off = {"variance": float(row["variance"]) * 1.2, **at}
    for number, word in ((off, "no"), (off | {"replicates": 100}, "yes"), (off | {"replicates": 10000}, "no")):
        lines = [line for line in table(told(run, numbers=[number])).rows if line[-1] is not None]
        assert [line[-1] for line in lines] == [word]
    assert len(table(told(run, numbers=[right])).header) == len(table(told(run)).header) + 2
    last = told(run, numbers=[{"variance": 1.0, "samples": 7}])[-1]
    assert isinstance(last, Paragraph)
    assert str(last.text).endswith("No row of this run is where K = 7.")
