"""Refresh the generated parts of README.md from reports/reference: `python -m bench.report.readme`."""

import json
import re
from pathlib import Path

from bench import PACKAGE
from bench.report.sections.agreement import agreement
from bench.report.sections.ratios import ratio_table
from bench.report.sections.verdict import verdict
from bench.tables import csv, files


def body(section: str) -> str:
    """A section of the report without its titles."""
    return "\n".join(line for line in section.splitlines() if not line.startswith("#")).strip()


def refreshed(text: str, reference: Path) -> str:
    """The README's text with every marked part made anew from the tables and the manifest of a run."""
    tables, manifest = csv.read(reference), json.loads((reference / "manifest.json").read_text())
    parts = {"verdict": verdict(manifest), "agreement": agreement(tables), "ratios": ratio_table(tables)}

    def made(mark: re.Match[str]) -> str:
        return f"{mark[1]}\n{body(parts[mark[2]])}\n{mark[3]}"

    return re.sub(r"(<!-- generated: (\w+) -->).*?(<!-- end of generated -->)", made, text, flags=re.DOTALL)


if __name__ == "__main__":
    ROOT = PACKAGE.parent
    files.write(ROOT / "README.md", refreshed((ROOT / "README.md").read_text(), ROOT / "reports" / "reference"))
