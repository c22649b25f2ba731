"""A verdict as Markdown: names are text, calls are open, other times are folded."""

from dataclasses import replace

from bench.compare.page import to_markdown
from bench.compare.verdict import judge
from bench.statistics.significance import Effect
from tests.support.compared import timed

EFFECTS = {name: Effect(1.0, 1e-6, 14) for name in ("test_it[a|b]", "test_other")}


def page(factor: float, name: str = "a") -> str:
    base, head = timed([]), timed([])
    slow = Effect(1.0 + factor, 1e-6, 14)
    base = replace(base, name=name, times={(key,): effect for key, effect in EFFECTS.items()})
    head = replace(head, times={("test_it[a|b]",): slow, ("test_other",): EFFECTS["test_other"]})
    return to_markdown(judge([base], [head], 0.15))


def test_what_is_called_is_open_and_the_rest_is_folded() -> None:
    text = page(1.0)
    assert text.startswith("### COMPARE regressed: times: 1 regressed, 1 unchanged\n")
    folded = text.index("<details><summary>1 other times</summary>")
    assert text.index("| regressed |") < folded < text.index("| test_other |")
    assert "regressed" not in page(0.0).partition("<details>")[2]


def test_names_are_no_markup() -> None:
    text = page(1.0, "<b>*x*")
    assert r"test_it\[a\|b\]" in text
    assert r"- Base: \<b\>\*x\*, commit unknown, on A CPU, 2 cores." in text
