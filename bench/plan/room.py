"""How many data a sweep may take: what they need of the memory is reckoned before any is drawn or read.

The bounds are the same on every machine, so that a command which one of them takes is taken by all.
"""

from collections.abc import Collection

from bench.config.checks import bad
from bench.phi import MOST_COMPONENTS
from bench.spec import MOST_DATA, Latent

BYTES_OF_A_DATUM = 24  # while it is drawn
BYTES_OF_A_COMPONENT = 3500  # of y, in the strips of a thread: measured


def require_room(sizes: Collection[int], latents: Collection[Latent]) -> None:
    """BadInput where the data of all sizes, or the y of each datum of the largest, are too many."""
    most_components = max(sizes, default=0) if "per_datum" in latents else 0
    for number, most, size, words in (
        (sum(sizes), MOST_DATA, BYTES_OF_A_DATUM, "data in all"),
        (most_components, MOST_COMPONENTS, BYTES_OF_A_COMPONENT, "where the latent is per_datum, a y for each datum"),
    ):
        if number > most:
            value = list(sizes) if len(sizes) > 1 else number
            memory = f"{number} would take {number * size / 1e9:,.0f} GB of memory, {size} bytes each"
            raise bad("dataset_size", value, f"up to {most} {words}; {memory}")
