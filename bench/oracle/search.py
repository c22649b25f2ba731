"""How long the oracle looks for exact moments, and how it says that it has found none."""

import time

SECONDS = 5.0  # of the processor, for an estimator in a cell


class SearchEnded(Exception):
    """Why there are no exact moments, in words."""


def deadline() -> float:
    """When a search that begins now ends, by time.process_time(): what else runs on the machine does not count."""
    return time.process_time() + SECONDS


def keep_to(end: float) -> None:
    """SearchEnded where the time is over."""
    if time.process_time() > end:
        raise SearchEnded(f"the search ended after {SECONDS:g} s of the processor")
