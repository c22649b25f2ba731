"""Runs to merge, made instead of measured: the same cells, other seeds, independent noise."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from tests.support import compared
from tests.support.command import Outcome, command

HALF = 0.04  # half-widths of variances on the logarithmic scale


def frames(seed: int, scale: float = 1.0) -> dict[str, pd.DataFrame]:
    """The tables of a small sweep, its noise that of a seed, its score functions' variances times `scale`."""
    tables, noise = compared.tables(), np.random.default_rng(seed)
    statistics, ratios = tables["statistics"], tables["ratios"]
    statistics["gradient"] = statistics["exact_gradient"] + statistics["gradient_se"] * noise.normal(
        size=len(statistics)
    )
    relative = np.exp(HALF / 2 * noise.normal(size=len(statistics)))
    statistics["variance"] = statistics["exact_variance"] * relative
    statistics.loc[statistics["estimator"] != "pathwise", "variance"] *= scale
    _spread(statistics, "variance")
    named = statistics.set_index(["estimator", "parameter", "dataset_size"])["variance"]
    where = [ratios["parameter"], ratios["dataset_size"]]
    above, under = (
        named.loc[list(zip(ratios[name], *where, strict=True))].to_numpy() for name in ("numerator", "denominator")
    )
    ratios["variance_ratio"] = above / under
    _spread(ratios, "variance_ratio")
    return tables


def _spread(table: pd.DataFrame, column: str) -> None:
    table[f"{column}_low"], table[f"{column}_high"] = table[column] * np.exp(-HALF), table[column] * np.exp(HALF)


def run(folder: Path, seed: int, tables: Mapping[str, pd.DataFrame] | None = None, **manifest: Any) -> Path:
    """The folder of a run of a seed."""
    name = {"name": folder.name, "config": compared.MANIFEST["config"] | {"seed": seed}}
    verdict = {"verdict": {"ok": True, "checks": 20, "failures": []}}
    return compared.run(
        folder, frames(seed) if tables is None else tables, **name | {"seed": seed} | verdict | manifest
    )


def merge(runs: list[Path], *more: str) -> Outcome:
    """`python -m bench merge` of these runs, into the folder of the first one's under the name `merged`."""
    names = ",".join(f"'{path}'" for path in runs)
    return command("merge", f"runs=[{names}]", "name=merged", f"output={runs[0].parent}", *more)


def record(folder: Path) -> dict[str, Any]:
    """The manifest of a run."""
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return content
