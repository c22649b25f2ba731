"""How a run is made and written: into a folder that it has for itself, all files at once, none where the disk is full.

What is said of it comes last, after what plug-ins print.
"""

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import outlet, provenance
from bench.engine.journal import Journal, no_room
from bench.errors import BadInput, BenchError, ExitCode
from bench.progress import phase
from bench.registry import Registry
from bench.report import write
from bench.report.sections.origin import sessions
from bench.spec import Executor, Kind
from bench.tables import csv, files
from bench.tables.contents import TABLES, kind_of
from bench.tables.manifest import written
from bench.tables.schema import Row


def told(work: Callable[[], tuple[str, ExitCode]]) -> ExitCode:
    """Do some work, print what is said of it, and give its exit code."""
    with outlet.closed():
        said, code = work()
    print(said)
    return code


def executing(
    executor: Mapping[str, Any], registry: Registry
) -> contextlib.AbstractContextManager[Callable[..., Iterable[Any]]]:
    """The map of a chosen executor with its parameters, and around it what the executor sets up."""
    plugin: Executor = registry.get("executor", executor["name"])
    return plugin.running(registry, **{key: value for key, value in executor.items() if key != "name"})


def require_kind(folder: Path, kind: str, what: str) -> None:
    """BadInput where the folder holds finished results of another kind than `what` is of, whose tables would go."""
    if (folder / "manifest.json").exists() and (there := kind_of(folder)) != kind:
        raise BadInput(f"name: {str(folder)!r} holds a {there}; give {what} another name, or remove that folder")


@contextlib.contextmanager
def journal_in(folder: Path, resume: bool, kind: Kind) -> Iterator[Journal]:
    """The journal of a run that has a folder for itself, without what others left unfinished; pruned at the end.

    BadInput where the folder holds a finished run of another kind, whose tables would go.
    """
    require_kind(folder, kind, f"this {kind}")
    with at_work(folder), Journal(folder, resume, provenance.cpu()) as journal:
        files.remove_unfinished(folder)
        yield journal
        journal.prune()


def parts_of(manifest: Mapping[str, Any]) -> list[str]:
    """The sessions of a resumed run, in words; of a run of one session there is nothing to say."""
    return sessions(manifest) if len(manifest["sessions"]) > 1 else []


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Around all that a run does in its folder: a full disk is one line, and so is a folder that goes away."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if no_room(error):
            raise BadInput(f"output: no room left for {str(folder)!r}; free some and run again: it resumes") from error
        if folder.is_dir() and not isinstance(error, sqlite3.OperationalError):
            raise
        raise BenchError(
            f"output: {str(folder)!r} was changed by something else while it was written to: {error}; run it again"
        ) from error


def record(
    folder: Path, tables: Mapping[str, Sequence[Row]], manifest: Mapping[str, Any], registry: Registry
) -> Mapping[str, Any]:
    """Write tables, manifest, figures and report at once; gives the tables as they are read from their files.

    Where a figure fails, tables and manifest are written all the same: with the rest of the report where it is one of a
    user's, else a report of earlier tables goes. Where the disk is full, nothing is written.
    """
    content = {name: csv.to_csv(name, rows) for name, rows in tables.items()}
    manifest = {**manifest, **written(content)}
    texts = {f"{name}.csv": text for name, text in content.items()}
    texts["manifest.json"] = json.dumps(manifest, indent=2) + "\n"
    with phase("tables, figures and report"), tempfile.TemporaryDirectory(dir=folder, prefix=files.UNFINISHED) as fresh:
        for name, text in texts.items():
            files.write(Path(fresh, name), text)
        frames = csv.read(Path(fresh))
        try:
            report = write.new_report(folder, frames, manifest, registry)
            stale = [f"{name}.csv" for name in TABLES if (folder / f"{name}.csv").exists() and name not in tables]
            files.update(folder, {**texts, **report.files}, [*report.stale, *stale])
        except Exception as error:
            if not no_room(error):
                files.update(folder, texts, write.report_in(folder))
            raise
    if report.failure:
        raise report.failure
    return frames


def writable(folder: Path) -> Path:
    """The folder of the run, made and proved writable before any work is done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files.write(folder / ".writable", "")
        (folder / ".writable").unlink()
    except OSError as error:
        raise BadInput(f"output: cannot write to {str(folder)!r}: {error.strerror}; give a writable folder") from error
    return folder
