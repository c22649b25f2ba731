"""The folder of a finished run."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.config.checks import flag, run_name, text
from bench.errors import BadInput, Disagrees, unknown
from bench.tables import integrity


def finished_run(output: Any, name: Any) -> Path:
    """The folder of a run that was finished; BadInput lists those that there are."""
    folder = Path(text("output", output)) / run_name(name)
    if not (folder / "manifest.json").is_file():
        if (folder / "statistics.csv").is_file():
            integrity.read(folder)  # tables of an older schema say so
            raise BadInput(f"{str(folder)!r} has tables but no manifest.json; run the sweep again")
        if first := min(folder.glob("[!.]*/manifest.json"), default=None):
            path = str(first.parent)
            raise BadInput(
                f"{str(folder)!r} is no run but a folder of runs, as {path!r}; all are {str(folder / '*')!r}"
            )
        runs = sorted(path.parent.name for path in folder.parent.glob("*/manifest.json"))
        raise unknown("run", name, runs or [f"none in {str(folder.parent)!r}; run a sweep first"])
    return folder


def require_agreement(name: str, manifest: Mapping[str, Any], force: Any) -> None:
    """Disagrees where a run failed its verdict, unless told to use its numbers all the same."""
    if not flag("force", force) and (words := disagreement(name, manifest)):
        raise Disagrees(f"{words}; force=true uses its numbers all the same")


def disagreement(name: str, manifest: Mapping[str, Any]) -> str:
    """That a run failed its verdict, in words; empty where it did not."""
    judged = manifest.get("verdict", {})
    if judged.get("ok", True):
        return ""
    failures = judged.get("failures") or ["unknown"]
    return f"the run {name!r} failed its verdict: {len(failures)} checks disagree, the first is {failures[0]}"
