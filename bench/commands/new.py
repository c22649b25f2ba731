"""`python -m bench new estimator my_name`: write a plug-in to begin with, NAME.py, which passes `check`.

A template for each kind stands in bench/commands/templates/, with NAME in the place of its name.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.config.checks import bad, text
from bench.errors import BadInput, ExitCode, unknown
from bench.registry import KINDS, Registry
from bench.registry.rules import NAMED, is_name

TEMPLATES = Path(__file__).parent / "templates"
PLACE = "NAME"


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Write output/NAME.py, and say what to do with it; a file that exists is never overwritten."""
    for key in ("kind", "name"):
        if config[key] is None:
            raise BadInput(
                f"{key} is not given; allowed: python -m bench new KIND NAME, KIND one of {', '.join(KINDS)}"
            )
    kind, name = (text(key, config[key]) for key in ("kind", "name"))
    if kind not in KINDS:
        raise unknown("kind", kind, KINDS)
    if not is_name(name):
        raise bad("name", name, f"a name {NAMED}")
    if alike := next((old for old in registry.plugins[kind] if old.lower() == name.lower()), None):
        raise BadInput(f"the {kind} {alike!r} exists already; give it another name")
    path = Path(text("output", config["output"])) / f"{name}.py"
    try:
        with open(path, "x") as file:
            file.write((TEMPLATES / f"{kind}.txt").read_text().replace(PLACE, name))
    except FileExistsError:
        raise BadInput(f"{str(path)!r} exists already; allowed: another name, or another output") from None
    except OSError as error:
        raise BadInput(f"output: cannot write {str(path)!r}: {error.strerror}") from error
    print(f"{path}\nnext: python -m bench check {path}")
    return ExitCode.DONE
