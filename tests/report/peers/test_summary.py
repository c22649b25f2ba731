"""Who is fastest, in words and against what is asked."""

from bench.markup.numbers import plain
from bench.report.peers import summary
from tests.support.peers import frame, row


def test_the_fastest_peer_is_the_one_of_the_smallest_ratio() -> None:
    (line,) = summary.lines(frame())
    assert line == {
        "threads": "1",
        "objective": "cosine",
        "fastest peer": "NumPy (pcg64)",
        "one cell, drawing included": "6",
        "drawing alone": "1",
        "a cell in the default grid": "24",
    }


def test_a_span_holds_all_problems() -> None:
    ours = row("bench", "cell", 2.0, samples=30.0), row("bench", "cell", 2.0, samples=1000.0)
    more = *ours, row("numpy", "pcg64", 9.0, samples=30.0), row("jax", "rbg", 8.0, samples=1000.0)
    (line,) = summary.lines(frame(*more))
    assert line["fastest peer"] == "NumPy (pcg64), JAX (rbg)"
    assert line["one cell, drawing included"] == "4 to 6"


def test_what_is_asked_is_judged_by_the_smallest_ratio_on_one_thread() -> None:
    regression = {"objective": "logistic_regression"}
    ours = row("bench", "cell", 2.0, threads="all"), row("bench", "cell", 2.0, **regression)
    more = row("numpy", "pcg64", 2.0, threads="all"), row("numpy", "pcg64", 3.0, **regression)
    told = [
        (objective, asked, plain(ratio), enough) for objective, asked, ratio, enough in summary.met(frame(*ours, *more))
    ]
    assert told == [
        ("cosine", "a cell in the default grid: at least 40 times", "24", "no"),
        ("cosine", "one cell, drawing included: at least 5 times", "6", "yes"),
        ("logistic_regression", "one cell, drawing included: not slower", "1.5", "yes"),
    ]


def test_what_an_interval_does_not_tell_is_undecided() -> None:
    wide = frame().assign(ratio_low=4.0, ratio_high=9.0)
    assert [enough for *_, enough in summary.met(wide)][1] == "undecided"


def test_drawing_alone_is_beside_that_of_the_cell() -> None:
    (line,) = summary.lines(frame(row("numpy", "sfc64", 6.0, draw_ns=4.0)))
    assert (line["fastest peer"], line["drawing alone"]) == ("NumPy (sfc64)", "4")


def test_without_a_peer_nobody_is_fastest() -> None:
    alone = frame()[lambda rows: rows["framework"] == "bench"]
    assert summary.lines(alone) == []
    assert summary.met(alone) == []
