"""f of all data, where an objective's f is of a random batch of them."""

from collections.abc import Sequence
from dataclasses import replace

from bench.spec import Cell, Form, Latent, Objective, Variant


def preferred(objective: Objective, latent: Latent) -> Form:
    """The form of f that the engine uses: collapsed where there is one."""
    forms = objective.forms[latent]
    return forms["collapsed" if "collapsed" in forms else "direct"]


def full_of(objective: Objective, cells: Sequence[Cell]) -> tuple[Objective, Form, tuple[Cell, ...]]:
    """The objective whose f is the mean over batches, its form, and the cells with its parameters."""
    assert objective.batches is not None
    full = objective.batches.full
    variants = [Variant(full.name, cell.objective.phi[:-1]) for cell in cells]
    moved = tuple(replace(cell, objective=variant) for cell, variant in zip(cells, variants, strict=True))
    return full, preferred(full, cells[0].latent), moved
