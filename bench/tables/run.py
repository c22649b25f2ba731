"""The folder of a finished run."""

from pathlib import Path
from typing import Any

from bench.config.checks import run_name, text
from bench.errors import BadInput, unknown
from bench.tables import integrity


def finished_run(output: Any, name: Any) -> Path:
    """The folder of a run that was finished; BadInput lists those that there are."""
    folder = Path(text("output", output)) / run_name(name)
    if not (folder / "manifest.json").is_file():
        if (folder / "statistics.csv").is_file():
            integrity.read(folder)  # tables of an older schema say so
            raise BadInput(f"{str(folder)!r} has tables but no manifest.json; run the sweep again")
        runs = sorted(path.parent.name for path in folder.parent.glob("*/manifest.json"))
        raise unknown("run", name, runs or [f"none in {str(folder.parent)!r}; run a sweep first"])
    return folder
