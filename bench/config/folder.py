"""The folder of configs: where it is, and which studies, styles and papers it holds."""

from pathlib import Path

from bench import PACKAGE

PRESETS = ("study", "style", "paper")


def config_folder() -> Path:
    """The configs beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / "conf"
    return inside if inside.is_dir() else PACKAGE.parent / "conf"


def presets(users: Path | None = None) -> dict[tuple[str, str], str]:
    """Every study, style and paper, and those in a user's own folder, by kind and name, with a line about each.

    The line is the first comment of its file after the package line.
    """
    folders = [folder for folder in (config_folder(), users) if folder]
    files = [(kind, file) for folder in folders for kind in PRESETS for file in sorted((folder / kind).glob("*.yaml"))]
    return {(kind, file.stem): _comment(file) for kind, file in files}


def _comment(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((line.lstrip("# ") for line in lines if line[:1] == "#" and "@package" not in line), "")
