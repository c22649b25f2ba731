"""Cases of the normal family with a place to rest at, for tests of what theory says of a descent."""

from dataclasses import replace

import numpy as np

from bench.descent import links
from bench.descent.curvature import Rest
from bench.descent.surface import Surface, surface_of
from bench.engine.case import Case, case_of
from bench.families.normal import PLUGIN as NORMAL
from bench.laws.cases import DATA
from bench.spec import Cell, Entropy, Floats, Variant
from tests.support.streams import CELL, stream_of

TARGET = Variant("normal_target", (2.0, 3.0), "m=2,dimension=3")


def target_cell(entropy: Entropy = "closed_form", components: str = "untied") -> Cell:
    """Three components under the normal target N(2, 1), q standard normal."""
    base = replace(CELL, objective=TARGET, theta=(0.0, 1.0), entropy=entropy, dataset_size=None, dimension=3)
    return replace(base, components=components)  # type: ignore[arg-type]


def case_in(cell: Cell, estimator: str) -> Case:
    """An estimator in a cell."""
    stream = stream_of([cell], [estimator])
    (subgrid,) = stream.subgrids
    return case_of(stream, subgrid, subgrid.members[0], cell, DATA if cell.dataset_size else np.empty(0))


def surface_in(cell: Cell) -> Surface:
    """The surface of a cell's objective."""
    stream = stream_of([cell], ["score_function"])
    return surface_of(stream, stream.subgrids[0], {DATA.size: DATA} if cell.dataset_size else {}, seed=0)


def rest_at(theta: Floats, parameterisation: str = "sigma", fixed: tuple[str, ...] = ()) -> Rest:
    """Rest at theta[c, 2] of the normal."""
    low, high = np.array([-np.inf, 0.0]), np.array([np.inf, np.inf])
    link = np.array(links.chosen(NORMAL, parameterisation, fixed))
    return Rest(link, low, high, links.moving(NORMAL, fixed), links.free(theta, link, low, high))
