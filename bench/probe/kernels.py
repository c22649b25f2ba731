"""Which kernels of a subgrid the user brought, each with the signature that the engine calls it by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bench import PACKAGE
from bench.engine.program import SIGNATURES
from bench.faults import file_of, place
from bench.kernels import calls
from bench.plan.streams import Member, Stream, Subgrid
from bench.spec import Points, Weight

FAMILY = {
    "transport": calls.TRANSPORT,
    "score": calls.WEIGH,
    "path": calls.WEIGH,
    "log_density": calls.DENSITY,
    "slope": calls.DENSITY,
    "moments": calls.MOMENTS,
}


class Called(NamedTuple):
    """A kernel, its signature, and its place in words."""

    function: Any
    signature: Any
    place: str

    def compiled(self, *arguments: Any) -> None:
        """The machine code that the engine calls; Numba's own choice by the arguments may be another."""
        self.function.overloads[tuple(self.signature.args)].entry_point(*arguments)


@dataclass(frozen=True, slots=True)
class Users:
    """The plug-ins of the user's files."""

    files: Mapping[tuple[str, str], str]  # by kind and name

    def any(self, stream: Stream, subgrid: Subgrid) -> bool:
        """Whether any part of a subgrid is a user's."""
        estimators = [("estimator", member.estimator.name) for member in subgrid.members]
        parts = ("sampler", stream.sampler.name), ("objective", subgrid.objective.name), ("family", subgrid.family.name)
        return any(key in self.files for key in (*parts, *estimators))


def of_users(subgrid: Subgrid, users: Users) -> Iterator[Called]:
    """All kernels of the user's plug-ins in a subgrid."""
    yield from of_family(subgrid, users)
    yield from of_objective(subgrid, users)
    for member in subgrid.members:
        yield from of_member(subgrid, member, users)


def of_family(subgrid: Subgrid, users: Users) -> Iterator[Called]:
    """The kernels of a family of the user's, but its pairs, which are a rule's."""
    if file := users.files.get(("family", subgrid.family.name)):
        for name, signature in FAMILY.items():
            yield from _called(name, getattr(subgrid.family, name), signature, file)


def of_objective(subgrid: Subgrid, users: Users) -> Iterator[Called]:
    """The kernels of an f of the user's."""
    if file := users.files.get(("objective", subgrid.objective.name)):
        for name, signature in SIGNATURES._asdict().items():
            yield from _called(name, getattr(subgrid.form, name), signature, file)


def of_member(subgrid: Subgrid, member: Member, users: Users) -> Iterator[Called]:
    """The kernels of an estimator of the user's, or of one that is made of a family of the user's."""
    keys = ("estimator", member.estimator.name), ("family", subgrid.family.name)
    rule, file = member.rule, next((users.files[key] for key in keys if key in users.files), None)
    if file is None:
        return
    if isinstance(rule, Points):
        yield from _called("place", rule.place, calls.PLACE, file)
        yield from _called("combine", rule.combine, calls.COMBINE, file)
        return
    for name, weight in (("score", rule.score), ("path", rule.path)):
        if isinstance(weight, Weight):
            yield from _called(name, weight.kernel, calls.OWN_WEIGHT, file)
    yield from _called("joint", rule.joint, calls.JOINT_WEIGHT, file)
    yield from _called("constant", rule.constant, calls.CONSTANT, file)


def _called(name: str, kernel: Any, signature: Any, file: str) -> Iterator[Called]:
    """A kernel, where there is one; of one that calls a Python function the place is the field that holds it."""
    if kernel is not None:
        yield Called(kernel, signature, place(kernel) if interpreted(kernel) else f"plugins: {file}: {name}")


def interpreted(kernel: Any) -> bool:
    """Whether a kernel is Python that can be run as it is written: none of the package, and none that calls out."""
    return not Path(file_of(kernel) or "").is_relative_to(PACKAGE)
