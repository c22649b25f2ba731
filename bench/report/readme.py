"""Refresh the generated parts of README.md from reports/reference: `python -m bench.report.readme`."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from bench import PACKAGE
from bench.markup import markdown
from bench.markup.blocks import Block, Heading
from bench.report.sections.agreement import agreement
from bench.report.sections.ratios import ratios
from bench.report.sections.verdict import alarm, verdict
from bench.tables import csv, files


def refreshed(text: str, reference: Path) -> str:
    """The README's text with every marked part made anew from the tables and the manifest of a run."""
    tables, manifest = csv.read(reference), json.loads((reference / "manifest.json").read_text())
    sections = {
        "verdict": [*alarm(manifest), *verdict(manifest)],
        "agreement": agreement(tables),
        "ratios": ratios(tables),
    }

    def anew(match: re.Match[str]) -> str:
        return f"{match[1]}\n{_body(sections[match[2]])}{match[3]}"

    return re.sub(r"(<!-- generated: (\w+) -->).*?(<!-- end of generated -->)", anew, text, flags=re.DOTALL)


def _body(section: Sequence[Block]) -> str:
    """A section without its titles: the README has its own."""
    return markdown.render(block for block in section if not isinstance(block, Heading))


if __name__ == "__main__":
    ROOT = PACKAGE.parent
    files.write(ROOT / "README.md", refreshed((ROOT / "README.md").read_text(), ROOT / "reports" / "reference"))
