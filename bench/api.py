"""Runs in Python, for a notebook: `bench.sweep` makes one, `bench.load` reads those that there are.

What is one line and an exit code on the command line is an exception here: `bench.BenchError`, with the subclasses of
`bench.errors`.
"""

import glob
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from bench import interrupt, registry
from bench.config import written
from bench.config.checks import bad
from bench.drawing import style, words
from bench.errors import BadInput, ExitCode, NothingMeasured
from bench.report import images
from bench.tables import csv, integrity
from bench.tables.contents import BY_KIND, kind_of
from bench.tables.manifest import kind_told
from bench.tables.run import finished_run, require_agreement
from bench.tables.typed import typed

Place = str | os.PathLike[str]
HEADS = {"sweep": "ratios", "fit": "curves"}  # the table whose rows say how large a run of a kind is


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Run:
    """A finished run: its tables as frames, what the oracle said of it, and its figures.

    Tables that it has not are None: those of the other kind of run, and optional ones.
    """

    folder: Path
    manifest: Mapping[str, Any]  # configuration, versions, machine, data
    statistics: pd.DataFrame | None = None  # of a sweep
    ratios: pd.DataFrame | None = None
    timings: pd.DataFrame | None = None
    efficiency: pd.DataFrame | None = None
    components: pd.DataFrame | None = None  # where `write_components` was asked for
    exact: pd.DataFrame | None = None  # where an axis `along` was
    lines: pd.DataFrame | None = None  # where an axis has several values
    draws: pd.DataFrame | None = None  # where two estimators have a gradient of one draw
    timings_by_machine: pd.DataFrame | None = None  # of a merged run, as the next one
    efficiency_by_machine: pd.DataFrame | None = None
    curves: pd.DataFrame | None = None  # of a fit
    paths: pd.DataFrame | None = None
    times: pd.DataFrame | None = None
    firsts: pd.DataFrame | None = None
    leads: pd.DataFrame | None = None  # where learners differ in the entropy alone
    theory: pd.DataFrame | None = None
    contours: pd.DataFrame | None = None  # where F is exact and of two parameters
    encoder: pd.DataFrame | None = None  # of an autoencoder
    reconstructions: pd.DataFrame | None = None
    latents: pd.DataFrame | None = None

    def __repr__(self) -> str:
        """One line: the tables would be pages."""
        words, name = "ok" if self.verdict["ok"] else "FAILED", HEADS[self.kind]
        return f"<run {str(self.folder)!r}: verdict {words}, {len(getattr(self, name))} {name}>"

    @property
    def kind(self) -> str:
        """Which command made it: `sweep` or `fit`. The tables of the other kind are None."""
        return kind_told(self.manifest)

    @property
    def verdict(self) -> Mapping[str, Any]:
        """What the oracle said: `ok`, the number of `checks`, the `failures`, the worst z-scores."""
        verdict: Mapping[str, Any] = self.manifest["verdict"]
        return verdict

    def figure(self, name: str) -> Figure:
        """A figure of the report by its name, drawn anew; a notebook shows it."""
        plugins = registry.load()
        plugin = plugins.get("figure", name)
        if plugin.kind != self.kind:
            raise bad("figure", name, f"a figure for a {self.kind}; this is for a {plugin.kind}")
        with style.context(), words.context(plugins, self.manifest):
            selection = images.selected(name, plugin, csv.read(self.folder))
            if selection is None:
                raise NothingMeasured(f"{str(self.folder)!r} holds nothing that the figure {name!r} could show")
            drawn = images.canvas(name, plugin, selection)
        vars(drawn)["_repr_png_"] = partial(_png, drawn)  # a notebook looks for it, with %matplotlib inline or without
        return drawn


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Runs:
    """Several finished runs: their tables below each other, `run` the first column; each run by itself in `runs`."""

    runs: Mapping[str, Run]
    statistics: pd.DataFrame | None = None
    ratios: pd.DataFrame | None = None
    timings: pd.DataFrame | None = None
    efficiency: pd.DataFrame | None = None
    components: pd.DataFrame | None = None
    exact: pd.DataFrame | None = None
    lines: pd.DataFrame | None = None
    draws: pd.DataFrame | None = None
    timings_by_machine: pd.DataFrame | None = None
    efficiency_by_machine: pd.DataFrame | None = None
    curves: pd.DataFrame | None = None
    paths: pd.DataFrame | None = None
    times: pd.DataFrame | None = None
    firsts: pd.DataFrame | None = None
    leads: pd.DataFrame | None = None
    theory: pd.DataFrame | None = None
    contours: pd.DataFrame | None = None
    encoder: pd.DataFrame | None = None
    reconstructions: pd.DataFrame | None = None
    latents: pd.DataFrame | None = None

    def __repr__(self) -> str:
        """A line for each."""
        return "\n".join(map(repr, self.runs.values()))

    def __getattr__(self, name: str) -> Any:
        """Say where that is which every run has by itself."""
        where = (
            f"; it is of each run by itself, as .runs[{next(iter(self.runs))!r}].{name}" if hasattr(Run, name) else ""
        )
        raise AttributeError(f"several runs have no {name!r}{where}")


def load(path: Place | Iterable[Place], force: bool = False) -> Run | Runs:
    """The run in a folder; or several, from a pattern such as "reports/*" or a list of folders.

    Of what a pattern matches, only finished runs are read. A run that failed its verdict is refused unless `force`.
    """
    if isinstance(path, Iterable) and not isinstance(path, str | bytes):
        return _together([_run(_place(folder), force) for folder in path])
    folder = _place(path)
    if folder.is_dir() or not glob.has_magic(str(folder)):
        return _run(folder, force)
    finished = [Path(name).parent for name in sorted(glob.glob(str(folder / "manifest.json")))]
    return _together([_run(folder, force) for folder in finished if kind_of(folder) in HEADS])  # peers are no run


def sweep(**keys: Any) -> Run:
    """Run a sweep, its keys those of the command line (`python -m bench sweep --help`), and give what it measured.

    A key with a dot is written `**{"family.gamma.alpha": [0.5, 2]}`.
    """
    return interrupt.raised(partial(_sweep, list(written.overrides(keys))))


def _sweep(words: list[str]) -> Run:
    from bench.commands import sweep as command  # slow to import, and reading runs does without
    from bench.config.compose import compose
    from bench.config.gathered import gathered

    plugins = gathered("sweep", words)
    config = compose("sweep", words)
    if config["dry_run"]:
        raise bad(
            "dry_run", config["dry_run"], "False; python -m bench sweep dry_run=true forecasts, and measures nothing"
        )
    code = command.run(config, words, plugins)
    folder = Path(config["output"], config["name"])
    if code == ExitCode.NOTHING_MEASURED:
        raise NothingMeasured(f"no row of {str(folder)!r} holds a number that was checked; its `status` says why")
    return _run(folder, force=False)


def _place(path: Any) -> Path:
    """The path of a run or of several."""
    if not isinstance(path, str | os.PathLike) or not os.fspath(path):
        allowed = 'the folder of a run, a pattern such as "reports/*", or a list of folders'
        raise BadInput(f"load: {path!r} is not allowed; allowed: {allowed}")
    return Path(path)


def _run(folder: Path, force: bool) -> Run:
    folder = folder if folder.name else folder.resolve()  # "." has no name
    finished_run(str(folder.parent), folder.name)
    _, manifest = integrity.check(folder)
    require_agreement(folder.name, manifest, force)
    return Run(folder, manifest, **typed(csv.read(folder)))


def _together(runs: list[Run]) -> Runs:
    """The tables of several runs below each other, each run by the name of its folder where no two are alike."""
    if not runs:
        raise BadInput("load: there is no finished run; run a sweep first, or name others")
    alike = len({run.folder.name for run in runs}) < len(runs)
    by_name = {str(run.folder) if alike else run.folder.name: run for run in runs}
    names = [table.name for kind in HEADS for table in BY_KIND[kind]]
    tables = {name: _below_each_other(by_name, name) for name in names}
    return Runs(by_name, **tables)


def _below_each_other(runs: Mapping[str, Run], table: str) -> Any:
    """The frames of one table with the column `run`; None where no run has that table."""
    frames = {name: frame for name, run in runs.items() if (frame := getattr(run, table)) is not None}
    return pd.concat(frames, names=["run"]).reset_index("run").reset_index(drop=True) if frames else None


def _png(figure: Figure) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()
