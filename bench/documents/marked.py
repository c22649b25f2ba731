"""The marked parts of a document, each between <!-- generated: NAME --> and <!-- end of generated -->."""

import re
from collections.abc import Mapping
from pathlib import Path

PART = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end of generated -->)", re.DOTALL)


def documents(top: Path) -> list[Path]:
    """All documents of a checkout that may have such parts."""
    return [top / "README.md", top / "CONTRIBUTING.md", *sorted((top / "docs").glob("*.md"))]


def refreshed(text: str, parts: Mapping[str, str]) -> str:
    """The text with every marked part made anew; all else stays. KeyError for a name that is none."""
    return PART.sub(lambda match: f"{match[1]}{parts[match[2]]}{match[3]}", text)
