"""Whole fits and what they leave."""

from pathlib import Path

from tests.support.command import Outcome, rows
from tests.support.fits import fit_into

SMALL = ("objective=[gaussian_kl]", "dataset_size=[5]", "learning_rate=[0.001]")


def numbers(folder: Path) -> tuple[bytes, list[dict[str, str]]]:
    """The bytes of paths.csv, and the rows of curves.csv but for their times."""
    curves = [{key: value for key, value in row.items() if key != "seconds"} for row in rows(folder / "fit", "curves")]
    return (folder / "fit" / "paths.csv").read_bytes(), curves


def fitted(folder: Path, *words: str) -> Outcome:
    outcome = fit_into(folder, *words)
    assert outcome.code == 0, outcome.err
    return outcome
