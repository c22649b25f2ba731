"""Refresh the generated parts of README.md from reports/reference and reports/studies.

`python -m bench.report.readme` does it.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from bench import PACKAGE
from bench.config.folder import presets
from bench.config.studies import command_of
from bench.markup import markdown
from bench.markup.blocks import Block, Heading
from bench.report.sections.agreement import agreement
from bench.report.sections.ratios import ratios
from bench.report.sections.verdict import alarm, verdict
from bench.tables import csv, files


def refreshed(text: str, reference: Path, pictures: Path) -> str:
    """The README's text with every marked part made anew: from a run's tables and manifest, and from small pictures."""
    tables, manifest = csv.read(reference), json.loads((reference / "manifest.json").read_text())
    sections = {
        "verdict": _body([*alarm(manifest), *verdict(manifest)]),
        "agreement": _body(agreement(tables)),
        "ratios": _body(ratios(tables)),
        "studies": _studies(pictures),
    }

    def anew(match: re.Match[str]) -> str:
        return f"{match[1]}\n{sections[match[2]]}{match[3]}"

    return re.sub(r"(<!-- generated: (\w+) -->).*?(<!-- end of generated -->)", anew, text, flags=re.DOTALL)


def _body(section: Sequence[Block]) -> str:
    """A section without its titles: the README has its own."""
    return markdown.render(block for block in section if not isinstance(block, Heading))


def _studies(pictures: Path) -> str:
    """A line for each study of the package that has a picture."""
    lines = ["| | |", "| --- | --- |"]
    for (kind, name), words in sorted(presets().items()):
        if kind == "study" and (pictures / f"{name}.png").is_file():
            picture = f"![{name}](reports/{pictures.name}/{name}.png)"
            lines.append(f"| {picture} | `python -m bench {command_of(name)} study={name}`: {words} |")
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    README, REPORTS = PACKAGE.parent / "README.md", PACKAGE.parent / "reports"
    files.write(README, refreshed(README.read_text(), REPORTS / "reference", REPORTS / "studies"))
