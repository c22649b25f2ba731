"""What goes into a paper: the table of ratios and the captions, escaped."""

import re

import pytest

from bench import report
from bench.sections import latex
from bench.sections.ratios import ratio_latex
from tests import synthetic

TABLES = synthetic.tables(sigma=[0.1, 0.3, 1.0, 3.0, 10.0], dataset_size=[1, 100], samples=[1, 10])


def numbers(cell: str) -> list[float]:
    """The numbers of a cell of either table, which is a word where there are none."""
    cell, _, power = re.sub(r"\$([\d.]+) \\times 10\^\{(-?\d+)\}\$", r"\1e\2", cell).partition(r" $\times 10^")
    exponent = f"e{power.strip('{}$')}" if power else ""
    return [float(found + exponent) for found in re.findall(r"[\d.]+(?:e-?\d+)?", cell)]


def test_the_table_says_what_the_reports_table_says() -> None:
    body = ratio_latex(TABLES).partition("\\midrule\n")[2].partition("\\bottomrule")[0]
    rows = [line.removesuffix(" \\\\").replace("\\_", "_").split(" & ") for line in body.splitlines()]
    lines = [line for line in report.ratio_table(TABLES).splitlines() if line.startswith("| ")][2:]
    expected = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in lines]
    assert "e4" in str(expected)
    assert [row[:2] for row in rows] == [row[:2] for row in expected]
    assert [list(map(numbers, row[2:])) for row in rows] == [list(map(numbers, row[2:])) for row in expected]


def test_the_table_is_booktabs_with_a_column_for_every_cell() -> None:
    text = ratio_latex(TABLES)
    columns = re.search(r"\\begin\{tabular\}\{@\{\}(l+)@\{\}\}", text)
    assert columns
    assert {line.count(" & ") + 1 for line in text.splitlines() if line.endswith("\\\\")} == {len(columns[1])}
    assert text.count("\\toprule") == text.count("\\midrule") == text.count("\\bottomrule") == 1
    assert "\\label{tab:ratios}" in text
    assert "samples = 10." in text


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
    ("text", "printed"),
    [
        ("9.87 [9.52, 10.2]", "9.87 [9.52, 10.2]"),
        ("5.6e6 [5.5e6, 5.7e6]", r"5.6 [5.5, 5.7] $\times 10^{6}$"),
        ("9999 [9990, 1e4]", r"9999 [9990, $1 \times 10^{4}$]"),
        ("1.2e-4", r"1.2 $\times 10^{-4}$"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_common_power_of_ten_is_said_once(text: str, printed: str) -> None:
    assert latex.powers(text) == printed
