"""A learner as arrays and addresses: the engine's program of its estimator, a theta a replicate, and its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numba import types

from bench.descent import links, optimisers
from bench.descent.learners import BLOCK, Learner
from bench.engine.noise import empty
from bench.engine.program import Program, link
from bench.engine.workspace import Workspace, workspace
from bench.kernels.calls import address, floats
from bench.plan.streams import Stream, Subgrid
from bench.spec import Family, Floats, Weight, Weights
from bench.wrap.lifted import theta_kernel

OF_THETA = types.void(floats(1), floats(1))  # theta, out
TABLES_OF_NONE = Family.__dataclass_fields__["tabulate"].default  # the kernels read theta alone


class Steps(NamedTuple):
    """How a learner steps."""

    link: int  # address of `links.follow`
    links: Any  # [k]
    low: Any  # [k] the ends of the domain
    high: Any  # [k]
    tabulate: int  # 0 where the kernels read theta itself
    entropy_gradient: int  # 0 where no constant is added
    adam: bool
    rates: Any  # [steps]
    corrections: Any  # [steps, 2]
    slots: Any  # [steps + 1] where theta is recorded after so many steps; -1 where it is not
    together: bool  # whether f is looked at once for all replicates
    components: int  # d, for the constant of tied components


class State(NamedTuple):
    """Where the replicates of a block are."""

    free: Any  # [r, c, k] what is stepped in, for each of the c rows of theta
    theta: Any  # [r, c, k]
    rate: Any  # [r, c, k] dtheta/dfree
    moments: Any  # [2, r, c, k] of adam
    left: Any  # [r] the step at which theta left its domain or the numbers ended; -1 before
    gradient: Any  # [c * k] of a replicate, by the free numbers
    constant: Any  # [k] of a closed entropy


class Space(NamedTuple):
    """Where the loop works besides."""

    eps: Any  # [r, c, d, draws] the channels that the learner reads; empty where it reads the noise as it is
    contributions: Any  # [r, 1 + c * k, draws]


class Linked(NamedTuple):
    """What the loop reads of a learner, for as many replicates as a block has; one block at a time may run it."""

    steps: Steps
    program: Program
    workspace: Workspace
    space: Space


def linked(
    stream: Stream, subgrid: Subgrid, learner: Learner, data: Mapping[int, Floats], recorded: Sequence[int]
) -> Linked:
    """A learner with space of its own; its kernels are compiled here."""
    program = at_several(link(stream, subgrid, data), BLOCK)
    return _with_space(stream, program, _steps(stream, subgrid, learner, recorded), learner.cell.samples)


def fresh(stream: Stream, ready: Linked) -> Linked:
    """The same with space of its own: for another thread."""
    program = ready.program._replace(theta=ready.program.theta.copy())
    return _with_space(stream, program, ready.steps, ready.space.eps.shape[3])


def _with_space(stream: Stream, program: Program, steps: Steps, draws: int) -> Linked:
    """A learner with all that it works in, for estimates of so many draws."""
    strip = draws * BLOCK if steps.together else draws
    reads_all = program.channels.tolist() == list(range(len(stream.channels)))
    space = Space(
        empty(0 if reads_all else BLOCK, program.channels.size, stream.dimension, draws),
        empty(BLOCK, program.centre.shape[2] + 1, draws),
    )
    return Linked(steps, program, working(stream, program, strip), space)


def at_several(program: Program, several: int) -> Program:
    """The program of one cell and member at as many thetas, each a row of its own."""
    theta = np.empty((several, program.centre.shape[2] // program.parameters, program.theta.shape[2]))
    theta[:] = program.theta[0]
    return program._replace(
        theta=theta,
        several_thetas=int(theta.shape[1] > 1),
        moves=np.ones(several, dtype=program.moves.dtype),
        data_range=np.repeat(program.data_range, several, axis=0),
        phi_range=np.repeat(program.phi_range, several, axis=0),
        estimator_phi=np.repeat(program.estimator_phi, several, axis=0),
    )


def working(stream: Stream, program: Program, strip: int) -> Workspace:
    """What the engine's subroutines work in, for so many draws at once."""
    of_one = program._replace(theta=program.theta[:1])
    return workspace(replace(stream, cut=replace(stream.cut, strip=strip)), of_one)


def _steps(stream: Stream, subgrid: Subgrid, learner: Learner, recorded: Sequence[int]) -> Steps:
    family, closed = subgrid.family, learner.cell.entropy == "closed_form"
    rule = subgrid.members[0].rule
    weights = (rule.score, rule.path) if isinstance(rule, Weights) else ()
    has_kernels = isinstance(rule, Weights) and (rule.constant or any(isinstance(w, Weight) for w in weights))
    plain = isinstance(rule, Weights) and not has_kernels
    slots = np.full(learner.steps + 1, -1)
    slots[list(recorded)] = np.arange(len(recorded))
    low, high = domain(family)
    return Steps(
        link=address(links.follow, links.LINK),
        links=np.array(links.chosen(family, learner.parameterisation, learner.fixed)),
        low=low,
        high=high,
        **of_theta(family, closed),
        adam=learner.optimiser == "adam",
        rates=optimisers.rates(learner.schedule, learner.learning_rate, learner.steps),
        corrections=optimisers.corrections(learner.steps),
        slots=slots,
        together=plain,
        components=stream.dimension,
    )


def domain(family: Family) -> tuple[Floats, Floats]:
    """(low, high)[k]: the ends of the domain of each parameter."""
    parameters = family.parameters.values()
    return np.array([p.low for p in parameters]), np.array([p.high for p in parameters])


@cache
def _addresses(family_name: str, tabulate: Any, entropy_gradient: Any) -> tuple[int, int]:
    """Of a family's functions of theta, as kernels."""
    tables, constant = (theta_kernel(function) if function else None for function in (tabulate, entropy_gradient))
    return (address(tables, OF_THETA) if tables else 0), (address(constant, OF_THETA) if constant else 0)


def of_theta(family: Family, closed: bool) -> dict[str, int]:
    """The addresses of what a family computes of theta alone."""
    tables = None if family.tabulate is TABLES_OF_NONE else family.tabulate
    tabulate, constant = _addresses(family.name, tables, family.entropy_gradient if closed else None)
    return {"tabulate": tabulate, "entropy_gradient": constant}
