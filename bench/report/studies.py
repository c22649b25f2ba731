"""The index page of studies: a card for each, with its picture, what it is about and how its run ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from PIL import Image

from bench.report.page.build import HERE, LEADS, template

WIDE, COLOURS = 320, 64  # of a small picture: pixels, and colours, which are enough for lines


@dataclass(frozen=True, slots=True)
class Study:
    """A study and its run: how it ended in a line, and the folder, which may hold no run."""

    name: str
    summary: str
    ended: str
    folder: Path

    @property
    def picture(self) -> Path | None:
        """The PNG of its figure that says the most; None where there is none."""
        drawn = {path.stem: path for path in sorted((self.folder / "figures").glob("*.png"))}
        first = (name for names in LEADS.values() for name in (*names, "vae_elbo"))
        return next((drawn[name] for name in (*first, *drawn) if name in drawn), None)


def index(studies: Sequence[Study]) -> str:
    """The page, whose links and pictures are relative to the folder above those of the runs."""
    return template("studies.html").render(studies=studies, style=Markup((HERE / "style.css").read_text()))


def small_pictures(studies: Iterable[Study], folder: Path) -> None:
    """A small PNG of each study's picture, as NAME.png in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for study in studies:
        if study.picture:
            with Image.open(study.picture) as picture:
                small = picture.convert("RGB").resize((WIDE, round(WIDE * picture.height / picture.width)))
            small.quantize(COLOURS).save(folder / f"{study.name}.png", optimize=True)
