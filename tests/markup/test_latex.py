"""Blocks as LaTeX: a table, its cells, a caption."""

import pytest

from bench.markup import latex
from bench.markup.blocks import Cell, Column, Duration, Interval, Link, Number, Strong, Table


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
        (Interval(Number(9.87), Number(9.52), Number(10.2)), "$9.87_{9.52}^{10.2}$"),
        (Interval(Number(5.6e6), Number(5.5e6), Number(5.7e6)), r"$5.6_{5.5}^{5.7}\times10^{6}$"),
        (Interval(Number(9999, 4), Number(9990), Number(1e4)), r"$9999_{9990}^{1\times10^{4}}$"),
        (Interval(Number(5.6e6), Number(5.6e6), Number(5.6e6)), r"$5.6\times10^{6}$"),
        (Number(1.2e-4), r"$1.2\times10^{-4}$"),
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


TABLE = r"""{\footnotesize\setlength{\tabcolsep}{3pt}\renewcommand{\arraystretch}{1.25}%
\begin{tabular}{@{}lllll@{}}
\toprule
 &  & \multicolumn{2}{c}{$\mu$} &  \\
\cmidrule(lr){3-4}
$\sigma$ & K & a\_b & exact & time \\
\midrule
\multicolumn{5}{@{}l}{\emph{x\_1}} \\
$1$ & 9 & 1 & 2 & 3~\% \\
$3$ & 9 & 1 & 2 & 3~\% \\
\addlinespace
\multicolumn{5}{@{}l}{\emph{y}} \\
$1$ & 9 & 4 & 5 & 6 \\
\bottomrule
\end{tabular}}
"""


def test_rows_of_a_group_stand_below_its_names() -> None:
    header = [*map(Column, ("name", "sigma", "K")), Column("a_b", "mu"), Column("exact", "mu"), Column("time")]
    rows = [
        ["x_1", Number(1.0), "9", "1", "2", "3 %"],
        ["x_1", Number(3.0), "9", "1", "2", "3 %"],
        ["y", Number(1.0), "9", "4", "5", "6"],
    ]
    assert latex.table(Table(header, rows), groups=1) == TABLE


def test_a_caption_has_its_label_and_ends_no_line_inside_a_number() -> None:
    assert latex.caption("fig:x", "A & B", "With a 95 % interval at mu = 1.") == (
        "\\caption{\\textbf{A \\& B.} With a 95~\\% interval at mu~=~1.}\n\\label{fig:x}\n"
    )


def test_a_table_without_groups_has_no_line_above_its_rows() -> None:
    text = latex.table(Table([Column("name"), Column("exact", "alpha")], [["x", "1"], ["y", "2"]]), groups=0)
    assert "\\midrule\nx & 1 \\\\\ny & 2 \\\\\n\\bottomrule" in text
    assert " & \\multicolumn{1}{c}{$\\alpha$} \\\\" in text
