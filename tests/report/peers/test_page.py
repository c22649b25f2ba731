"""The page: conclusion, what was asked, times, products, what is skipped; its files are whole or not written."""

from typing import Any

import numpy as np

from bench.markup import markdown
from bench.report.peers import page
from tests.support.peers import frame, row

MANIFEST: dict[str, Any] = {
    "cpu": {"model": "A", "cores": 2},
    "workers": {"1": 1},
    "versions": {"python": "3.12"},
    "frameworks": {"numpy": "2.4"},
    "load_average": 0.1,
    "command": "python -m bench peers",
    "dgemm_gflops": {"1": {"square, 1024": 50.0}},
}


def told(*more: dict[str, Any]) -> str:
    return markdown.render(page.page(frame(*more), MANIFEST, ["png", "svg"]))


def test_the_conclusion_is_first() -> None:
    beside = "6 times as long as this suite's one cell, 24 times as long as its cell in a grid"
    line = f"threads=1 cosine: NumPy (pcg64) takes {beside}"
    assert page.conclusion(frame()) == line
    assert told().splitlines()[2] == f"- {line}"


def test_what_is_asked_and_not_reached_is_said() -> None:
    assert "| cosine | a cell in the default grid: at least 40 times | 24 | no |" in told()


def test_every_time_has_its_row() -> None:
    assert "| pathwise | 1 | jax | rbg | 8 | 20 ns | 1 ns | 1 ns | 100 ms | 10 | 40 |" in told()


def test_a_product_is_a_share_of_dgemm() -> None:
    cell = row("bench", "cell", 2.0, objective="logistic_regression")
    regression = row("numpy", "pcg64", 9.0, objective="logistic_regression", gflops=20.0)
    assert "| pathwise | numpy | pcg64 | 1 | 20 | 40 % |" in told(cell, regression)
    assert "dgemm" not in told()


def test_a_busy_machine_is_told() -> None:
    busy = markdown.render(page.page(frame(), MANIFEST | {"load_average": 1.5}, []))
    assert "**Not on an idle machine.** The load average was 1.5 on 2 cores" in busy
    assert "idle" not in told()


def test_what_is_skipped_comes_with_its_reason_and_no_number() -> None:
    blank = dict.fromkeys(row("torch", "by_hand", 1.0), np.nan)
    words = {
        "framework": "torch",
        "variant": "by_hand",
        "threads": "1",
        "status": "skipped",
        "reason": "no torch",
    }
    text = told(blank | words)
    assert text[text.index("## Skipped") :].splitlines()[2] == "- torch by_hand: no torch"
    assert "nan" not in text
    assert page.conclusion(frame(blank | words)).splitlines()[-1] == "skipped: no torch"


def test_the_files_are_the_report_and_the_figure_in_each_format() -> None:
    files = page.written(frame(), MANIFEST)
    assert set(files) == {"report.md", *(f"figures/time_frameworks.{form}" for form in ("png", "svg", "pdf"))}
    assert files["figures/time_frameworks.png"] == page.written(frame(), MANIFEST)["figures/time_frameworks.png"]


def test_where_nothing_is_timed_there_is_no_figure() -> None:
    none = frame().iloc[:0]
    assert set(page.written(none, MANIFEST)) == {"report.md"}
    assert page.conclusion(none) == "no peer is installed: nothing is compared"
