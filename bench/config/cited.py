"""What CITATION.cff says: title, version and authors of the benchmark."""

from typing import Any

import yaml

from bench import PACKAGE

FILE = "CITATION.cff"


def cited() -> dict[str, Any]:
    """The keys of the file: it is beside the package in a checkout, inside it in a wheel."""
    inside = PACKAGE / FILE
    file = inside if inside.is_file() else PACKAGE.parent / FILE
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))
