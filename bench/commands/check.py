"""`python -m bench check my_plugin.py`: hold plug-ins to the laws of their kind, and say of each what was seen.

0 where every law is kept; 3 where one is broken, with the numbers measured and expected; 2 for a file that breaks the
contract; 5 where no law applies.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.errors import BadInput, ExitCode, NothingMeasured
from bench.laws.kinds import KINDS
from bench.registry import Registry
from bench.statistics.moments import quiet


@quiet
def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Print the laws of every plug-in of the user's files, and the verdict last."""
    if not registry.files:
        raise BadInput("no file is given; allowed: python -m bench check FILE.py ..., each with a PLUGIN")
    broken = tried = 0
    for (kind, name), file in registry.files.items():
        print(f"{kind} {name}, {file}")
        if kind not in KINDS:
            print(f"  no laws of {'an' if kind[0] in 'aeiou' else 'a'} {kind} are known")
            continue
        for outcome in KINDS[kind](registry.get(kind, name), registry):
            print(f"  {outcome}", flush=True)
            tried += outcome.tried > 0
            broken += outcome.finding is not None
    if not tried:
        raise NothingMeasured("no law applies to what these files offer")
    print(f"VERDICT FAILED: {broken} of {tried} laws are broken" if broken else f"VERDICT ok: {tried} laws hold")
    return ExitCode.ORACLE_DISAGREES if broken else ExitCode.DONE
