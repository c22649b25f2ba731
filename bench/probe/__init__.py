"""What the user's plug-ins of a sweep do is tried before anything is drawn: each slip is one line, and none a crash.

Every kernel is compiled, then run on a few draws in a copy of the process: interpreted, where NumPy names the index and
the line that are out of bounds, and compiled, on arrays with marked memory around them; so it is on draws at the ends
of their noise, and compiled on a whole strip. The package's own plug-ins are held by its tests, so a sweep without
files of a user pays nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.engine.case import theta_of
from bench.errors import BadInput
from bench.kernels.calls import address
from bench.plan.cells import Plan
from bench.plan.streams import Stream, Subgrid
from bench.probe import apart, functions, kernels, trials
from bench.probe.kernels import Users
from bench.registry import Registry
from bench.registry.contradictions import of_rule_and_family


def require(plan: Plan, registry: Registry, executor: Mapping[str, Any]) -> None:
    """BadInput with the first slip of a plug-in of the user's that the plan uses."""
    users = Users(registry.files)
    executors_file = registry.files.get(("executor", executor["name"]))
    places = [place for place in _different(plan) if users.any(*place)]
    for _, subgrid in places:
        _require_channels(subgrid, users)
        for kernel in kernels.of_users(subgrid, users):
            address(kernel.function, kernel.signature)

    def work(announce: apart.Announce) -> None:
        if executors_file:
            announce(place := f"plugins: {executors_file}: map")
            functions.map_arrays(registry.get("executor", executor["name"]), executor, place)
        for stream, subgrid in places:
            functions.fill_all(stream, announce)
            announce(f"family {subgrid.family.name}")
            functions.call_all(subgrid.family, theta_of(subgrid.cells[0].theta)[-1])
            for trial in trials.of_users(stream, subgrid, plan.data, users):
                announce(trial.called.place)
                trial.run()
            for case in trials.cases_of(stream, subgrid, plan.data):
                file = users.files.get(("estimator", case.estimator.name))
                if file and case.estimator.freeze:
                    functions.freeze_twice(case, file, announce)

    if places or executors_file:
        apart.run(work)


def _require_channels(subgrid: Subgrid, users: Users) -> None:
    """BadInput where a rule of the user's reads other noise than the family that it meets is made of."""
    for member in subgrid.members:
        file = users.files.get(("estimator", member.estimator.name))
        if file and (breach := of_rule_and_family(member.rule, subgrid.family)):
            raise BadInput(f"{file}: {breach}; the family is {subgrid.family.name}")


def _different(plan: Plan) -> Iterator[tuple[Stream, Subgrid]]:
    """A subgrid for each form of f, family and rules that meet, in one component and in several: the smallest first."""
    met = set()
    subgrids = [(stream, subgrid) for stream in plan.streams for subgrid in stream.subgrids]
    for stream, subgrid in sorted(subgrids, key=lambda place: place[0].dimension):
        members = tuple(member.estimator.name for member in subgrid.members)
        objective = subgrid.objective.name, subgrid.cells[0].latent, subgrid.cells[0].entropy
        key = stream.sampler.name, *objective, subgrid.family.name, members, stream.dimension > 1
        if key not in met:
            met.add(key)
            yield stream, subgrid
