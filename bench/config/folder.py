"""The folder of configs: where it is, and which studies and styles it holds."""

from pathlib import Path

from bench import PACKAGE

PRESETS = ("study", "style")


def config_folder() -> Path:
    """The configs beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / "conf"
    return inside if inside.is_dir() else PACKAGE.parent / "conf"


def presets() -> dict[tuple[str, str], str]:
    """Every study and style, by kind and name, with the first comment of its file after the package line."""
    files = [(kind, file) for kind in PRESETS for file in sorted((config_folder() / kind).glob("*.yaml"))]
    return {(kind, file.stem): _comment(file) for kind, file in files}


def _comment(file: Path) -> str:
    lines = file.read_text().splitlines()
    return next((line.lstrip("# ") for line in lines if line[:1] == "#" and "@package" not in line), "")
