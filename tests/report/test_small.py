"""A small copy is small."""

from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.image import imread

from bench.report.small import small


def test_a_small_copy_has_the_width_that_is_asked_for_and_few_bytes(tmp_path: Path) -> None:
    Figure(figsize=(3.25, 2)).savefig(tmp_path / "large.png", dpi=300)
    small(tmp_path / "large.png", tmp_path / "small.png", 320)
    assert imread(tmp_path / "small.png").shape[:2] == (197, 320)
    assert (tmp_path / "small.png").stat().st_size < 10_000
