"""Tests of many cases, of which ordinary runs try a few."""

from collections import Counter
from collections.abc import Iterable

import pytest


def thin(items: Iterable[pytest.Item]) -> None:
    """Leave to `make slow` what tests marked thinned(n) have beside every n-th of their cases."""
    seen = Counter[str]()
    for item in items:
        if mark := item.get_closest_marker("thinned"):
            name = item.nodeid.partition("[")[0]
            if seen[name] % mark.args[0]:
                item.add_marker(pytest.mark.slow)
            seen[name] += 1
