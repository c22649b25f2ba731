"""Checkpoints of fits as places of a sweep: FOLDER@STEP, FOLDER@STEP:ESTIMATOR.

Each entry is theta of the median replicate of a learner after so many steps, from paths.csv of the fit in that folder,
whose digests are checked. Where the fit has several learners, words behind the colon choose: the estimator, and with
slashes between them other values that name a learner, as pathwise/gaussian_kl.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bench.config.checks import bad
from bench.config.overrides import by_key
from bench.config.plugins import TOP_LEVEL
from bench.config.settings import Settings
from bench.errors import BadInput
from bench.spec import Theta
from bench.tables import integrity
from bench.tables.contents import kind_of
from bench.tables.curves import LEARNER
from bench.tables.shape import Fields

ENTRY = re.compile(r"(?P<folder>.+?)@(?P<step>\d+)(?::(?P<words>[^:@]+))?")
FORM = "FOLDER@STEP or FOLDER@STEP:ESTIMATOR, as reports/fit@500:pathwise"
MOST = 6  # names in a message


def thetas(settings: Settings, overrides: Sequence[str]) -> tuple[Theta, ...]:
    """Theta of every entry of `at`, in its order; BadInput where there is none, or where other keys say it too."""
    if not settings.at:
        return ()
    for key in by_key("sweep", overrides):
        if key in TOP_LEVEL or key.startswith("family."):
            raise BadInput(f"at takes theta from a fit, and {key} sets it too; leave out either")
    read: dict[Path, list[Fields]] = {}
    families, places = zip(*(_place(entry, read) for entry in settings.at), strict=True)
    for entry, family in zip(settings.at, families, strict=True):
        if [*settings.family] != [family]:
            chosen = ", ".join(settings.family)
            raise bad("at", entry, f"checkpoints of the family of the sweep, family=[{family}]; it is now {chosen}")
    for i, place in enumerate(places):
        if place in places[:i]:
            twice = settings.at[places.index(place)]
            raise bad("at", list(settings.at), f"each theta once; {settings.at[i]} is where {twice} is")
    return places


def _place(entry: str, read: dict[Path, list[Fields]]) -> tuple[str, Theta]:
    """The family and theta of an entry."""
    match = ENTRY.fullmatch(entry)
    if not match:
        raise bad("at", entry, FORM)
    folder, step, words = Path(match["folder"]), str(int(match["step"])), match["words"]
    if folder not in read:
        read[folder] = _paths(entry, folder)
    if not read[folder]:
        raise bad("at", entry, f"a fit of the theta of a family, and {folder} trained a network")
    learners = _learners(read[folder], words.split("/") if words else [])
    if len(learners) != 1:
        raise bad("at", entry, _choice(folder, learners or _learners(read[folder], ())))
    ((_, rows),) = learners.items()
    here = [row for row in rows if row["step"] == step]
    if not here:
        raise bad("at", entry, f"a checkpoint of {folder}: {_some([row['step'] for row in rows])}")
    if not all(row["theta"] for row in here):
        raise bad("at", entry, f"a checkpoint with a theta: the median replicate of {folder} was given up before it")
    columns = zip(*(_numbers(row["theta"]) for row in here), strict=True)
    return here[0]["family"], tuple(column[0] if len(column) == 1 else column for column in columns)


def _paths(entry: str, folder: Path) -> list[Fields]:
    """The rows of paths.csv of a finished fit."""
    if not (folder / "manifest.json").is_file() or kind_of(folder) != "fit":
        finished = sorted(path.parent for path in folder.parent.glob("*/manifest.json"))
        fits = [str(run) for run in finished if kind_of(run) == "fit"]
        raise bad("at", entry, f"a folder of a finished fit: {_some(fits) or f'there is none in {folder.parent}'}")
    tables, _ = integrity.check(folder)
    return tables["paths"]


def _learners(rows: Iterable[Fields], words: Sequence[str]) -> dict[tuple[str, ...], list[Fields]]:
    """The rows of each learner that all of these words name."""
    learners: dict[tuple[str, ...], list[Fields]] = {}
    for row in rows:
        values = tuple(row[column] for column in LEARNER)
        if {*words} <= {*values}:
            learners.setdefault(values, []).append(row)
    return learners


def _choice(folder: Path, learners: Mapping[tuple[str, ...], object]) -> str:
    """What tells the learners of a fit apart, in words."""
    differing = [i for i in range(len(LEARNER)) if len({values[i] for values in learners}) > 1]
    names = ["/".join(values[i] for i in differing if values[i]) for values in learners]
    if not differing:
        return f"the one learner of {folder}, without a colon"
    columns = "/".join([*LEARNER][i] for i in differing)
    return f"one learner of {folder}, named behind a colon by {columns}: {_some(names)}"


def _numbers(text: str) -> tuple[float, ...]:
    """The values of a theta of one component, mu=0.5,sigma=1.0."""
    return tuple(float(word.partition("=")[2]) for word in text.split(","))


def _some(names: Iterable[str]) -> str:
    """Names in a line, of many the first and the last."""
    different = list(dict.fromkeys(names))
    return ", ".join(different if len(different) <= MOST else [*different[: MOST - 2], "...", different[-1]])
