"""A colour and a marker for each estimator: its look is a function of its name, whoever else is in the run.

The hue tells the kind of method, shade and marker the estimator. Two estimators of the package are told apart by their
markers or else by their colours, also in shades of grey and by colour-blind readers.
"""

import zlib
from collections.abc import Mapping
from typing import NamedTuple

from bench.drawing import choices


class Look(NamedTuple):
    """How one estimator is drawn."""

    colour: str
    marker: str


METHODS: Mapping[str, Mapping[str, Look]] = {
    "path derivative": {
        "pathwise": Look("#0173B2", "o"),
        "pathwise_delta": Look("#013E66", "^"),
        "price": Look("#4FA9E3", "v"),
    },
    "score": {
        "score_function": Look("#D55E00", "s"),
        "score_function_loo": Look("#A64400", "P"),
        "score_function_mean_baseline": Look("#F08D3C", "X"),
        "score_function_optimal_baseline": Look("#7A3000", "o"),
        "score_function_delta": Look("#4A1C00", "D"),
    },
    "local score": {
        "score_function_local": Look("#005F45", "D"),
    },
    "other distributions": {
        "measure_valued": Look("#7A3FA0", "s"),
        "measure_valued_uncoupled": Look("#B085D0", "^"),
        "importance_mixture": Look("#47186B", "v"),
    },
    "difference": {
        "finite_difference": Look("#8C7A00", "D"),
        "spsa": Look("#BFA70A", "P"),
        "mirrored": Look("#574B00", "X"),
    },
    "discrete": {
        "arm": Look("#B0185F", "o"),
        "disarm": Look("#E06A9F", "P"),
        "rebar": Look("#6E0B3B", "s"),
        "straight_through": Look("#F09CC0", "^"),
    },
}
SAMPLERS: Mapping[str, Look] = {
    "iid": Look("#404040", "o"),
    "antithetic": Look("#DE8F05", "s"),
    "stratified": Look("#CC78BC", "^"),
    "latin_hypercube": Look("#2A9DA5", "D"),
    "sobol": Look("#0173B2", "P"),
}
KNOWN = {name: look for looks in METHODS.values() for name, look in looks.items()}
COLOURS = (  # of users' estimators
    *("#DE8F05", "#CC78BC", "#CA9161", "#404040", "#2A9DA5"),
    *("#6B8E23", "#9B2D30", "#5A55C8", "#8899A6", "#A0C030"),
    *("#3D5C7A", "#7D6450", "#B0566B", "#C2B280", "#64406E"),
)
MARKERS = ("<", ">", "d", "*")  # none of the package's: no name can take the look of one of its estimators


def look(name: str) -> Look:
    """The look of an estimator or a sampler: its own if it is of the package, else by a hash of its name.

    The colour may be one that the author of a figure has chosen.
    """
    chosen = choices.current().colours
    if colour := chosen.get(name) or chosen.get(name.partition("(")[0]):
        return Look(colour, usual(name).marker)
    return usual(name)


def usual(name: str) -> Look:
    """The look that nobody has chosen.

    With parameters, as in `spsa(h=0.1)`, it is by a hash too, in a colour of its kind of method. Two users' names have
    the same look in one of 60 cases, two of a kind that has three colours in one of 12.
    """
    if its_look := KNOWN.get(name) or SAMPLERS.get(name):
        return its_look
    method = name.partition("(")[0]
    shades = next(([colour for colour, _ in looks.values()] for looks in METHODS.values() if method in looks), COLOURS)
    marker, shade = divmod(zlib.crc32(name.encode()) % (len(shades) * len(MARKERS)), len(shades))
    return Look(shades[shade], MARKERS[marker])
