"""A verdict for a terminal: the verdict first, columns aligned, and no table that is empty."""

from bench.compare.text import to_text
from bench.compare.verdict import judge
from bench.statistics.significance import Effect
from tests.support.compared import timed


def test_columns_are_aligned_under_their_names() -> None:
    effects = [Effect(float(level), 0.01, 14) for level in (1, 20)]
    verdict, note, empty, header, *lines = to_text(judge([timed(effects)], [timed(effects)], 0.15)).splitlines()
    assert verdict == "COMPARE ok: times: 2 unchanged"
    assert note.startswith("One result a side: ")
    assert empty == ""
    for name in ("base ns", "head ns", "call"):
        assert {line[header.index(name) - 2 : header.index(name)] for line in lines} == {"  "}
    assert [line[header.index("call") :] for line in lines] == ["unchanged"] * 2


def test_without_rows_there_is_no_table() -> None:
    assert to_text(judge([timed([])], [timed([])], 0.15)) == "COMPARE nothing comparable: the two sides share no row"
