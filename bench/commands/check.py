"""`python -m bench check my_plugin.py`: hold plug-ins to the laws of their kind, and say of each what was seen.

First its kernels are tried as before a sweep, so that no slip ends the process. 0 where every law is kept; 3 where one
is broken, with the numbers measured and expected; 2 for a file that breaks the contract; 5 where no law applies.
"""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from bench import probe
from bench.config import settings
from bench.config.compose import compose
from bench.errors import BadInput, ExitCode, NothingMeasured
from bench.laws.kinds import KINDS
from bench.plan import cells
from bench.registry import Registry
from bench.statistics.moments import quiet
from bench.tables.slices import NORMAL

ONE_CHOICE = ("data", "executor")
ALWAYS = {"estimator": "score_function,"}  # beside what is tried: it runs in every family


@quiet
def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Print the laws of every plug-in of the user's files, and the verdict last."""
    if not registry.files:
        raise BadInput("no file is given; allowed: python -m bench check FILE.py ..., each with a PLUGIN")
    for kind, name in registry.files:
        _try(kind, name, registry)
    broken = tried = 0
    for (kind, name), file in registry.files.items():
        print(f"{kind} {name}, {file}")
        for outcome in KINDS[kind](registry.get(kind, name), registry):
            print(f"  {outcome}", flush=True)
            tried += outcome.tried > 0
            broken += outcome.finding is not None
    if not tried:
        raise NothingMeasured("no law applies to what these files offer")
    print(f"VERDICT FAILED: {broken} of {tried} laws are broken" if broken else f"VERDICT ok: {tried} laws hold")
    return ExitCode.ORACLE_DISAGREES if broken else ExitCode.DONE


def _try(kind: str, name: str, registry: Registry) -> None:
    """BadInput with the first slip of a plug-in in small sweeps of it, one for each family that it may meet."""
    if kind == "figure":
        return
    chosen = f"{kind}={name}" if kind in ONE_CHOICE else f"{kind}=[{ALWAYS.get(kind, '')}{name}]"
    families = sorted(registry.plugins["family"], key=lambda family: family != NORMAL)  # the usual one first
    for family in [name] if kind == "family" else families:
        words = ["study=smoke", f"family=[{family}]", *([chosen] if kind != "family" else [])]
        wishes = settings.check(compose("sweep", words), registry)
        with contextlib.suppress(NothingMeasured):  # it needs another family
            probe.require(cells.build(wishes, registry), registry, wishes.executor)
