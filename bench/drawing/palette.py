"""A colour and a marker for each estimator."""

import zlib
from collections.abc import Iterable
from typing import NamedTuple


class Look(NamedTuple):
    """How one estimator is drawn."""

    colour: str
    marker: str


KNOWN = {
    "pathwise": Look("#0173B2", "o"),
    "score_function": Look("#D55E00", "s"),
    "score_function_local": Look("#029E73", "D"),
}
COLOURS = ("#DE8F05", "#CC78BC", "#56B4E9", "#CA9161", "#404040")
MARKERS = ("^", "v", "P", "X", "p", "h", "<", ">", "*")  # 9 and 5 are coprime: 45 different looks
LOOKS = [Look(COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]) for i in range(len(COLOURS) * len(MARKERS))]


def looks(names: Iterable[str]) -> dict[str, Look]:
    """The look of each name; an unknown name asks for one by its own hash and gives way only where it is taken."""
    names = set(names)
    chosen = {name: KNOWN[name] for name in sorted(names & KNOWN.keys())}
    for name in sorted(names - KNOWN.keys()):
        taken = list(chosen.values())
        colours, markers = [look.colour for look in taken], [look.marker for look in taken]
        start = zlib.crc32(name.encode()) % len(LOOKS)
        chosen[name] = min(
            LOOKS[start:] + LOOKS[:start],
            key=lambda look: (taken.count(look), colours.count(look.colour), markers.count(look.marker)),
        )
    return chosen
