"""Small copies of pictures, for pages that show many, and for documents."""

from pathlib import Path

from PIL import Image

COLOURS = 64  # which are enough for lines


def small(picture: Path, to: Path, wide: int) -> None:
    """Write a PNG of `wide` pixels' width and few colours."""
    with Image.open(picture) as opened:
        scaled = opened.convert("RGB").resize((wide, round(wide * opened.height / opened.width)))
    scaled.quantize(COLOURS).save(to, optimize=True)
