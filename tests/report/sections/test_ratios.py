"""The table of ratios, in a report and in a paper."""

import math
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench.drawing import words
from bench.markup import markdown
from bench.markup.blocks import Column, Heading, Interval, Number, Paragraph, Table
from bench.oracle import verdict
from bench.report.sections.ratios import ratio_latex, ratio_table, ratios
from tests.support import synthetic
from tests.support.signs import DERIVED, MU, SIGMA2

TABLES = synthetic.tables(sigma=[0.1, 0.3, 1.0, 3.0, 10.0], dataset_size=[1, 100], samples=[1, 10])


def numbers(cell: str) -> list[float]:
    """The numbers of a cell of either table, which is a word where there are none."""
    cell = re.sub(r"([\d.]+)\\times10\^\{(-?\d+)\}(?!\$)", r"\1e\2", cell)  # of a bound alone
    cell, _, power = cell.partition(r"\times10^")
    exponent = f"e{power.strip('{}$')}" if power else ""
    return [float(digits + exponent) for digits in re.findall(r"[\d.]+(?:e-?\d+)?", cell)]


def lines(text: str) -> list[list[str]]:
    """The rows of a LaTeX table, each with the values of the line that it stands below."""
    rows, group = [], []
    for line in text.partition("\\midrule\n")[2].partition("\\bottomrule")[0].splitlines():
        if names := re.fullmatch(r"\\multicolumn\{5\}\{@\{\}l\}\{\\emph\{(.*)\}\} \\\\", line):
            group = names[1].split(", ")
        elif " & " in line:
            rows.append([*group, *line.removesuffix(" \\\\").split(" & ")])
    return rows


def test_the_table_says_what_the_reports_table_says() -> None:
    rows = lines(ratio_latex(TABLES))
    printed = [line for line in markdown.render(ratio_table(TABLES)).splitlines() if line.startswith("| ")][2:]
    expected = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in printed]
    assert "e4" in str(expected)
    told = [[words.told("latent", row[0]), words.label(row[1])] for row in expected]
    assert [row[:2] for row in rows] == told
    assert [numbers(row[2]) for row in rows] == [numbers(row[2]) for row in expected]
    assert [list(map(numbers, row[3:])) for row in rows] == [list(map(numbers, row[3:])) for row in expected]


def test_a_ratio_of_what_fails_a_check_says_so() -> None:
    wrong = {**TABLES, "ratios": TABLES["ratios"].assign(status=verdict.DISAGREES)}
    printed = [line for line in markdown.render(ratio_table(wrong)).splitlines() if line.startswith("| ")][2:]
    assert printed
    assert all(line.count(" (disagrees) |") == 2 for line in printed)
    assert "(disagrees)" in ratio_latex(wrong)
    assert "disagrees" not in markdown.render(ratio_table(TABLES))


def test_the_table_is_booktabs_with_a_column_for_every_cell() -> None:
    text = ratio_latex(TABLES)
    assert "\\begin{tabular}{@{}lllll@{}}" in text
    assert " & \\multicolumn{2}{c}{$\\mu$} & \\multicolumn{2}{c}{$\\sigma^2$} \\\\" in text
    assert "\\cmidrule(lr){2-3}\\cmidrule(lr){4-5}\n$\\sigma$ & measured & exact & measured & exact \\\\" in text
    assert {len(row) for row in lines(text)} == {7}
    assert text.count("\\toprule") == text.count("\\midrule") == text.count("\\bottomrule") == 1
    assert "\\label{tab:ratios}" in text
    assert "at $\\mu=1$, $n=100$ and $K=10$." in text
    assert "95~\\% interval" in text


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex is installed")
def test_the_table_fits_a_column_of_three_and_a_quarter_inches(tmp_path: Path) -> None:
    text = ratio_latex(TABLES).partition("\\label{tab:ratios}\n")[2]
    page = "\\documentclass{article}\\usepackage{booktabs}"
    for width, wide in ((3.25, False), (1.5, True)):
        (tmp_path / "a.tex").write_text(
            f"{page}\\textwidth={width}in\\begin{{document}}\\noindent\n{text}\\end{{document}}"
        )
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout
        assert ("Overfull" in done.stdout) == wide


def test_without_ratios_there_is_no_table() -> None:
    assert ratio_latex(TABLES | {"ratios": TABLES["ratios"].iloc[:0]}) == ""


def test_the_rows_are_those_of_three_sigmas_in_the_middle_cell() -> None:
    tables = synthetic.tables(sigma=[0.3, 1.0, 3.0, 10.0], dataset_size=[1, 10], samples=[1, 10])
    table, meaning = ratio_table(tables)
    assert isinstance(table, Table)
    assert isinstance(meaning, Paragraph)
    assert list(table.header[:4]) == [*map(Column, ("latent", "numerator", "sigma")), Column("measured", "mu")]
    expected = [["shared", "score_function", Number(sigma)] for sigma in (0.3, 3.0, 10.0)]
    assert [row[:3] for row in table.rows[:3]] == expected
    ratios = tables["ratios"]
    cell = (ratios["latent"] == "shared") & (ratios["sigma"] == 3) & (ratios["parameter"] == "mu")
    (row,) = ratios[cell & (ratios["dataset_size"] == 10) & (ratios["samples"] == 10)].to_dict("records")
    value, low, high = (row[f"variance_ratio{end}"] for end in ("", "_low", "_high"))
    assert table.rows[1][3:5] == [
        Interval(Number(value), Number(low), Number(high)),
        Number(row["exact_variance_ratio"]),
    ]
    assert f"at {MU} = 1, n = 10 and K = 10" in meaning.text


def test_the_section_is_the_table_below_its_title() -> None:
    assert ratios(TABLES) == [Heading(2, "Variance ratios"), *ratio_table(TABLES)]
    empty = TABLES | {"ratios": TABLES["ratios"].iloc[:0]}
    assert ratio_table(empty) == [Paragraph("No variance ratio was measured.")]


GRID: dict[str, Any] = {"dataset_size": [10], "samples": [1], "latents": ["shared"]}


def test_other_families_have_rows_by_theta_and_no_word_of_sigma() -> None:
    tables = synthetic.tables(families=["gamma"], alpha=[0.5, 1.0, 2.0, 8.0, 9.0], **GRID)
    table, meaning = ratio_table(tables)
    assert isinstance(table, Table)
    assert isinstance(meaning, Paragraph)
    assert [row[:2] for row in table.rows] == [
        ["score_function", f"alpha={alpha},rate=1"] for alpha in ("0.5", "2", "9")
    ]
    assert table.header[2] == Column("measured", "alpha")
    assert "sigma" not in str(meaning.text)
    text = ratio_latex(tables)
    assert " & \\multicolumn{2}{c}{$\\alpha$} & \\multicolumn{2}{c}{$\\mathrm{rate}$} \\\\" in text
    assert "\\emph{score function}} \\\\\n$\\alpha=0.5$, rate~=~1 & " in text


def test_a_mixed_run_has_a_table_for_each_family() -> None:
    tables = synthetic.tables(families=["normal", "gamma"], sigma=[1.0], **GRID)
    normal, gamma, meaning = ratio_table(tables)
    assert isinstance(normal, Table)
    assert isinstance(gamma, Table)
    assert normal.rows[0][:3] == ["normal", "score_function", Number(1.0)]
    assert gamma.rows[0][:3] == ["gamma", "score_function", "alpha=0.5,rate=1"]
    assert isinstance(meaning, Paragraph)
    assert f"{DERIVED} ratios of {SIGMA2}." in str(meaning.text)
    text = ratio_latex(tables)
    assert text.count("\\begin{tabular}{@{}lllll@{}}") == text.count("\\end{tabular}") == 2
    assert text.count("\\caption") == 1
    assert "\\emph{gamma, score function}} \\\\" in text


def test_one_theta_of_one_estimator_is_a_table_for_a_paper_too() -> None:
    names = ["score_function", "score_function_loo"]
    tables = synthetic.tables(families=["bernoulli"], logit=[0.0], estimators=names, **GRID)
    text = ratio_latex(tables)
    assert "numerator & measured & exact \\\\\n\\midrule\nscore function loo & " in text
    assert "over that of score function: measured" in text
    without = tables | {"ratios": tables["ratios"].assign(exact_variance_ratio=math.nan)}
    assert "no oracle" in ratio_latex(without)
