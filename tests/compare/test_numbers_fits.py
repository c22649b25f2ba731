"""Numbers of fits: losses and variances of an encoder are held by their intervals."""

import math
from pathlib import Path
from typing import Any

import pandas as pd

from bench.compare import numbers, sources
from bench.compare.sources import Result
from tests.support import compared, fitted, learned

Frames = dict[str, pd.DataFrame]


def fit(folder: Path, frames: Frames, **manifest: Any) -> Result:
    """A fit with these tables, of other versions than those of another one unless told otherwise."""
    course = {"steps": 100, "checkpoints": 10, "replicates": 20}
    config = compared.MANIFEST["config"] | course
    return sources.read("base", compared.run(folder, frames, kind="fit", config=config, **manifest))


def judged(tmp_path: Path, other: Frames, **manifest: Any) -> list[numbers.Row]:
    base = fit(tmp_path / "base", learned.tables())
    return numbers.compare([base], [fit(tmp_path / "head", other, **manifest)])


def test_the_losses_of_fits_of_other_versions_are_held_by_their_intervals(tmp_path: Path) -> None:
    frames = learned.tables()
    curves = frames["curves"].copy()
    ends = ["loss", "loss_median_low", "loss_median_high"]
    curves.loc[5, ends] *= 1.02
    curves.loc[16, ends] *= 100.0
    rows = judged(tmp_path, frames | {"curves": curves}, **compared.OTHER_NUMPY)
    assert [row.key[-1] for row in rows if row.changed] == [str(frames["curves"]["step"][16])]
    assert sum(not row.same_bytes for row in rows) == 2
    assert not any(row.judged for row in rows if row.table == "paths")


def test_an_infinite_loss_is_not_judged_by_intervals(tmp_path: Path) -> None:
    rows = judged(tmp_path, learned.tables(lost=["pathwise"]), **compared.OTHER_NUMPY)
    assert not any(row.judged for row in rows if math.isinf(row.head))


def test_fits_of_other_steps_need_not_agree_to_the_byte(tmp_path: Path) -> None:
    base = fit(tmp_path / "base", learned.tables())
    config = {**base.manifest["config"], "steps": 200}
    other = sources.read("head", compared.run(tmp_path / "head", learned.tables(), kind="fit", config=config))
    assert not numbers.same_course(base, other)
    assert not any(row.to_the_byte for row in numbers.compare([base], [other]))
    assert all(row.to_the_byte for row in numbers.compare([base], [base]))


def test_variances_of_an_encoder_are_compared_too(tmp_path: Path) -> None:
    frames = {name: frame.iloc[:0] for name, frame in learned.tables().items()}
    variances = fitted.tables()["encoder"]
    ends = {"variance_low": variances["variance"] / 1.05, "variance_high": variances["variance"] * 1.05}
    frames["encoder"] = variances.assign(**ends, objective="vae", variant="", batch=100, replicates=256)
    encoder = frames["encoder"].copy()
    encoder.loc[3, ["variance", *ends]] *= 1.001
    encoder.loc[7, ["variance", *ends]] *= 50.0
    base, head = (
        fit(tmp_path / name, frames | {"encoder": table}, **more)
        for name, table, more in (("base", frames["encoder"], {}), ("head", encoder, compared.OTHER_NUMPY))
    )
    rows = numbers.compare([base], [head])
    assert {row.table for row in rows} == {"encoder"}
    assert sum(not row.same_bytes for row in rows) == 2
    assert [row.head for row in rows if row.changed] == [encoder["variance"][7]]
