"""What goes into a paper: the table of ratios and the captions, escaped."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.markup import latex, markdown
from bench.markup.blocks import Cell, Column, Duration, Interval, Link, Number, Strong, Table
from bench.report.sections.ratios import ratio_latex, ratio_table
from tests.support import synthetic

TABLES = synthetic.tables(sigma=[0.1, 0.3, 1.0, 3.0, 10.0], dataset_size=[1, 100], samples=[1, 10])


def numbers(cell: str) -> list[float]:
    """The numbers of a cell of either table, which is a word where there are none."""
    cell, _, power = re.sub(r"\$([\d.]+) \\times 10\^\{(-?\d+)\}\$", r"\1e\2", cell).partition(r" $\times 10^")
    exponent = f"e{power.strip('{}$')}" if power else ""
    return [float(found + exponent) for found in re.findall(r"[\d.]+(?:e-?\d+)?", cell)]


def lines(text: str) -> list[list[str]]:
    """The rows of a LaTeX table, each with the values of the line that it stands below."""
    rows, group = [], []
    for line in text.partition("\\midrule\n")[2].partition("\\bottomrule")[0].splitlines():
        if found := re.fullmatch(r"\\multicolumn\{5\}\{@\{\}l\}\{(.*)\} \\\\", line):
            group = [part.partition("} ")[2] for part in found[1].replace("\\_", "_").split(", ")]
        elif " & " in line:
            rows.append([*group, *line.removesuffix(" \\\\").split(" & ")])
    return rows


def test_the_table_says_what_the_reports_table_says() -> None:
    rows = lines(ratio_latex(TABLES))
    said = [line for line in markdown.render(ratio_table(TABLES)).splitlines() if line.startswith("| ")][2:]
    expected = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in said]
    assert "e4" in str(expected)
    assert [row[:3] for row in rows] == [row[:3] for row in expected]
    assert [list(map(numbers, row[3:])) for row in rows] == [list(map(numbers, row[3:])) for row in expected]


def test_the_table_is_booktabs_with_a_column_for_every_cell() -> None:
    text = ratio_latex(TABLES)
    assert "\\begin{tabular}{@{}lllll@{}}" in text
    assert " & \\multicolumn{2}{c}{$\\mu$} & \\multicolumn{2}{c}{$\\sigma^2$} \\\\" in text
    assert "\\cmidrule(lr){2-3}\\cmidrule(lr){4-5}\n$\\sigma$ & measured & exact & measured & exact \\\\" in text
    assert {len(row) for row in lines(text)} == {7}
    assert text.count("\\toprule") == text.count("\\midrule") == text.count("\\bottomrule") == 1
    assert "\\label{tab:ratios}" in text
    assert "samples~=~10." in text
    assert "95~\\% interval" in text


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex is installed")
def test_the_table_fits_a_page_of_five_and_a_half_inches(tmp_path: Path) -> None:
    text = ratio_latex(TABLES).partition("\\label{tab:ratios}\n")[2]
    page = "\\documentclass{article}\\usepackage[textwidth=5.5in]{geometry}\\usepackage{booktabs}"
    for size, wide in (("\\small", False), ("\\LARGE", True)):
        (tmp_path / "a.tex").write_text(f"{page}\\begin{{document}}\\noindent{size}\n{text}\\end{{document}}")
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout
        assert ("Overfull" in done.stdout) == wide


def test_without_ratios_there_is_no_table() -> None:
    assert ratio_latex(TABLES | {"ratios": TABLES["ratios"].iloc[:0]}) == ""


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("score_function", r"score\_function"),
        ("95 % & $5 #1 {x}", r"95 \% \& \$5 \#1 \{x\}"),
        ("a\\b^c~d", r"a\textbackslash{}b\textasciicircum{}c\textasciitilde{}d"),
        ("<b>|x|", r"\textless{}b\textgreater{}\textbar{}x\textbar{}"),
        ("two\nlines", "two lines"),
    ],
)
def test_nothing_in_a_text_is_markup(text: str, escaped: str) -> None:
    assert latex.escape(text) == escaped


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (Interval(Number(9.87), Number(9.52), Number(10.2)), "9.87 [9.52, 10.2]"),
        (Interval(Number(5.6e6), Number(5.5e6), Number(5.7e6)), r"5.6 [5.5, 5.7] $\times 10^{6}$"),
        (Interval(Number(9999, 4), Number(9990), Number(1e4)), r"9999 [9990, $1 \times 10^{4}$]"),
        (Interval(Number(5.6e6), Number(5.6e6), Number(5.6e6)), r"5.6 $\times 10^{6}$"),
        (Number(1.2e-4), r"1.2 $\times 10^{-4}$"),
        (Number(None), "unknown"),
        (Duration(1234.0), "1.23 µs"),
        (Interval(Duration(1234.0), Duration(1200.0), Duration(1300.0)), "1.23 µs [1.2 µs, 1.3 µs]"),
        (None, ""),
    ],
)
def test_a_common_power_of_ten_is_said_once(cell: Cell, printed: str) -> None:
    assert latex.cell(cell) == printed


def test_a_cell_of_words_keeps_its_lines_together() -> None:
    cell = (Strong("95 % of x_1"), " at mu = 1, ", Link("here", "f.csv"))
    assert latex.cell(cell) == r"\textbf{95~\% of x\_1} at mu~=~1, here"


TABLE = r"""\begin{tabular}{@{}lllll@{}}
\toprule
 &  & \multicolumn{2}{c}{$\mu$} &  \\
\cmidrule(lr){3-4}
$\sigma$ & K & a\_b & exact & time \\
\midrule
\multicolumn{5}{@{}l}{\emph{name} x\_1} \\
1 & 9 & 1 & 2 & 3~\% \\
3 & 9 & 1 & 2 & 3~\% \\
\addlinespace
\multicolumn{5}{@{}l}{\emph{name} y} \\
1 & 9 & 4 & 5 & 6 \\
\bottomrule
\end{tabular}
"""


def test_rows_of_a_group_stand_below_its_names() -> None:
    header = [*map(Column, ("name", "sigma", "K")), Column("a_b", "mu"), Column("exact", "mu"), Column("time")]
    rows = [
        ["x_1", Number(1.0), "9", "1", "2", "3 %"],
        ["x_1", Number(3.0), "9", "1", "2", "3 %"],
        ["y", Number(1.0), "9", "4", "5", "6"],
    ]
    assert latex.table(Table(header, rows), groups=1) == TABLE
