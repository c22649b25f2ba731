"""`python -m bench merge`: sweeps of several seeds or machines become one run, with a report of its own.

0 done; 2 bad input, conflicting versions, data or cells, or a seed twice; 3 a run failed its verdict, or what is pooled
does; 4 two runs disagree beyond their joint intervals, and nothing is written.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.commands.sweep import tally
from bench.commands.writing import at_work, record, told, writable
from bench.config.checks import axis, bad, flag, run_name, text
from bench.errors import BadInput, ExitCode
from bench.markup import markdown
from bench.merge import sources
from bench.merge.manifest import machines
from bench.merge.manifest import manifest as made_of
from bench.merge.rows import merged
from bench.merge.verdict import judged
from bench.oracle.conclusion import conclusion
from bench.registry import Registry
from bench.report.sections.ratios import ratio_table
from bench.tables import files, lock, manifest


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Merge the runs that a config names; tables, figures and report land in output/name."""
    return told(lambda: _run(config, registry))


def _run(config: Mapping[str, Any], registry: Registry) -> tuple[str, ExitCode]:
    """What is said of the merged run, and its exit code."""
    if config.get("runs") is None:
        raise BadInput("runs is not given; merge needs it: runs=[FOLDER,FOLDER,...]")
    folders = axis("runs", config["runs"], text)
    output, name = text("output", config.get("output")), run_name(config.get("name"))
    folder, force = Path(output) / name, flag("force", config.get("force"))
    _require_place(folder, name, folders)
    runs = sources.read(folders, force)
    tables = merged(runs, machines(runs))
    verdict, said = judged(tables, runs)
    with at_work(writable(folder)), lock.held(folder):
        files.remove_unfinished(folder)
        frames = record(folder, tables, made_of(name, output, runs, said), registry)
    table = markdown.render(ratio_table(frames))
    lines = f"merged {len(runs)} runs", conclusion(verdict), tally(tables["statistics"]), table
    return "\n".join((*lines, f"report: {folder / 'report.md'}")), (
        ExitCode.DONE if verdict.ok else ExitCode.ORACLE_DISAGREES
    )


def _require_place(folder: Path, name: str, folders: Sequence[str]) -> None:
    """BadInput where the folder to write is one of those that are read, or of a run that was not merged."""
    if folder.resolve() in {Path(source).resolve() for source in folders}:
        raise bad("name", name, "another name than that of a run that is merged")
    there = folder / "manifest.json"
    if (folder / "journal.sqlite").exists() or (there.exists() and "merged" not in manifest.read(folder)):
        raise BadInput(
            f"name: {str(folder)!r} holds another run; give the merged one another name, or remove that folder"
        )
