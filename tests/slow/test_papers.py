"""Pages of papers, their figures and table made by keys alone: nothing overfull, all fonts inside, none of Type 3."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bench import registry
from bench.config import compose
from bench.report import settings
from tests.support import synthetic
from tests.support.reports import MANIFEST, written

ICML = r"""\documentclass[10pt,twocolumn]{article}
\usepackage[letterpaper,textwidth=6.75in,textheight=9in]{geometry}
\setlength{\columnsep}{0.25in}"""
NEURIPS = r"""\documentclass[10pt]{article}
\usepackage[letterpaper,textwidth=5.5in,textheight=9in]{geometry}"""
PREAMBLE = r"""
\usepackage[T1]{fontenc}\usepackage{mathptmx}\usepackage{graphicx}\usepackage{booktabs}
\begin{document}
The variances of two estimators of one gradient are compared, with exact values beside those that were measured.
"""
TABLES = synthetic.tables(sigma=[0.1, 0.3, 1.0, 3.0, 10.0], dataset_size=[10], samples=[1, 10, 100])


def page(folder: Path, figures: list[str], preamble: str, name: str = "page") -> Path:
    """The page with each figure and its caption, and the table, set by pdflatex; fails of what is overfull."""
    parts = [
        rf"\begin{{figure}}[t]\centering\includegraphics{{{figure}.pdf}}\input{{{figure}.tex}}\end{{figure}}"
        for figure in figures
    ]
    table = r"\begin{table}[t]\centering\input{ratios.tex}\end{table}"
    text = "\n".join([preamble + PREAMBLE, *parts, table, r"\end{document}"])
    (folder / f"{name}.tex").write_text(text)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"]
    for _ in range(2):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout
    assert "Overfull" not in done.stdout, done.stdout
    return folder / f"{name}.pdf"


def fonts(pdf: Path) -> list[tuple[str, bool]]:
    """The kind of each font of a PDF, and whether it is inside."""
    lines = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout.splitlines()
    start, end = lines[0].index("type"), lines[0].index("encoding")
    return [(line[start:end].strip(), line[lines[0].index("emb") :].startswith("yes")) for line in lines[2:]]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdflatex"), reason="no pdflatex is installed")
@pytest.mark.skipif(not shutil.which("pdffonts"), reason="no pdffonts is installed")
@pytest.mark.parametrize(("paper", "preamble"), [("icml_figures", ICML), ("neurips_figures", NEURIPS)])
def test_a_page_is_made_by_keys_alone(paper: str, preamble: str, tmp_path: Path) -> None:
    plugins = registry.load()
    drawing = settings.check(compose.compose("report", [f"paper={paper}"]), plugins)
    assert drawing.figures is not None
    written(tmp_path, TABLES, MANIFEST, plugins, drawing)
    pdf = page(tmp_path / "figures", [*drawing.figures], preamble)
    inside = fonts(pdf)
    assert inside
    assert all(embedded and kind != "Type 3" for kind, embedded in inside)
    narrow = preamble.replace("6.75in", "5in").replace("5.5in", "4in")
    with pytest.raises(AssertionError, match="Overfull"):
        page(tmp_path / "figures", [*drawing.figures], narrow, "narrow")
