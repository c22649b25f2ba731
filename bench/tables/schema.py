"""Rows to CSV and back: the schema of the four tables of a run.

Floats are written in their shortest form that reads back the same, missing numbers are empty, and a file appears
whole or not at all.
"""

import csv
import io
import math
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.errors import BadInput

SCHEMA = "1"
REFERENCE = "pathwise"  # the denominator of every ratio, of variances and of times
UNFINISHED = ".unfinished."  # how the names of files begin that are not yet in their places

_CELL = "schema objective variant latent data sampler"
_GRID = "parameter mu sigma dataset_size samples dimension"
_RATIO = f"{_CELL} numerator denominator {_GRID}"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "statistics": tuple(
        f"{_CELL} estimator {_GRID} replicates gradient gradient_se exact_gradient gradient_z variance variance_low "
        "variance_high exact_variance variance_z kurtosis status".split()
    ),
    "ratios": tuple(
        f"{_RATIO} replicates variance_ratio variance_ratio_low variance_ratio_high exact_variance_ratio status".split()
    ),
    "timings": tuple(
        "schema objective variant latent evaluation sampler estimator dataset_size samples dimension rounds compile_s "
        "draw_ns kernel_ns estimate_ns estimate_ns_low estimate_ns_high "
        "time_ratio time_ratio_low time_ratio_high".split()
    ),
    "efficiency": tuple(
        f"{_RATIO} evaluation variance_ratio time_ratio efficiency_ratio efficiency_ratio_low "
        "efficiency_ratio_high".split()
    ),
}
_MEASURED = {"statistics": "replicates", "ratios": "replicates", "timings": "rounds", "efficiency": "variance_ratio"}
KEYS: Mapping[str, tuple[str, ...]] = {  # what a row is about: no two rows of a table have it alike
    name: columns[1 : columns.index(_MEASURED[name])] for name, columns in COLUMNS.items()
}
TEXT = frozenset(
    "schema objective variant latent data sampler estimator numerator denominator parameter evaluation status".split()
)

Row = Mapping[str, Any]


def text(name: str, rows: Iterable[Row]) -> str:
    """The CSV text of a table. A row must have the table's columns, no more and no less, but for the schema."""
    columns = COLUMNS[name]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        if row.keys() ^ set(columns[1:]):
            raise ValueError(f"{name}: a row lacks or adds {sorted(row.keys() ^ set(columns[1:]))}")
        writer.writerow([SCHEMA, *(_field(row[column]) for column in columns[1:])])
    return file.getvalue()


def _field(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return repr(float(value)) if isinstance(value, float) else str(value)


def write(path: Path, content: str | bytes) -> None:
    """Put a file in its place at once: a reader sees the old one or the new one, never a part."""
    write_all({path: content})


def write_all(files: Mapping[Path, str | bytes]) -> None:
    """Put files in their places, once there is room for all of them: before that, all the old ones stay."""
    written: dict[str, Path] = {}
    try:
        for path, content in files.items():
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{UNFINISHED}{path.name}.")
            written[temporary] = path
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
            os.chmod(temporary, 0o666 & ~_umask())
        while written:
            temporary = next(iter(written))
            os.replace(temporary, written[temporary])
            del written[temporary]
    except BaseException:
        for temporary in written:
            os.unlink(temporary)
        raise


def remove_unfinished(folder: Path) -> None:
    """Remove what a process that was killed was about to put in its place; nobody may be writing there."""
    for path in [*folder.rglob(f"{UNFINISHED}*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read(folder: Path) -> dict[str, Any]:
    """The tables of a run as pandas frames, by name. BadInput where one is missing or of another schema."""
    import pandas as pd

    tables = {}
    for name, columns in COLUMNS.items():
        path = folder / f"{name}.csv"
        numbers = [column for column in columns if column not in TEXT]
        try:
            missing = {column: [""] for column in numbers}
            frame = pd.read_csv(path, dtype=dict.fromkeys(TEXT, str), keep_default_na=False, na_values=missing)
            if tuple(frame.columns) != columns or set(frame["schema"]) - {SCHEMA}:
                raise BadInput(f"{path} is not of schema {SCHEMA}; run the sweep again, or report with its own version")
            frame[numbers].apply(pd.to_numeric)  # raises where there is text
            tables[name] = frame.astype(dict.fromkeys(numbers, float)) if frame.empty else frame
        except (OSError, ValueError) as error:
            raise BadInput(f"cannot read {path}: {error}; run the sweep again") from error
    return tables
