"""A search ends with its time, in words."""

import pytest

from bench.oracle import search


def test_a_search_that_lasts_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    search.keep_to(search.deadline())
    monkeypatch.setattr(search, "SECONDS", -1.0)
    with pytest.raises(search.SearchEnded, match="the search ended after -1 s of the processor"):
        search.keep_to(search.deadline())
