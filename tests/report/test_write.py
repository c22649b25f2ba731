from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot

from bench import registry
from bench.drawing import style
from bench.errors import BadInput
from bench.figures import variance_samples
from bench.markup.mathematics import plain
from bench.report import settings, write
from bench.tables.along import FIGURES
from tests.support import synthetic
from tests.support.reports import FAILED, MANIFEST, catalogue, dot, written
from tests.support.signs import SIGMA


@pytest.fixture(scope="module")
def tables():
    return synthetic.tables(sigma=[0.3, 1.0, 3.0, 10.0], dataset_size=[1, 10], samples=[1, 10])


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(text, start):
    return [line for line in text.splitlines() if line.startswith(start)]


def test_every_figure_of_the_package_is_drawn_and_shown_and_writing_again_changes_no_byte(tmp_path):
    grid = {"families": ["normal", "gamma"], "sigma": [1.0, 3.0], "dataset_size": [1, 10], "samples": [1, 2]}
    tables = synthetic.tables(latents=["shared"], **grid)
    plugins = registry.load(kinds=["figure"])
    files = written(tmp_path, tables, MANIFEST, plugins)
    first = contents(tmp_path)
    assert set(first) == {path.relative_to(tmp_path) for path in files}
    text = first[files[-1].relative_to(tmp_path)].decode()
    for name, figure in plugins.plugins["figure"].items():
        if figure.kind != "sweep" or name in {
            *FIGURES,
            "variance_samplers",
            "gradient_draws",
            "efficiency_map_evaluations",
        }:  # which others have rows for
            assert f"figures/{name}." not in text
            continue
        assert f"(figures/{name}.png)](figures/{name}.svg)" in text
        assert plain(figure.caption.replace("{reference}", "pathwise"))[:40] in text
    written(tmp_path, tables, MANIFEST, plugins)
    assert contents(tmp_path) == first
    assert not any(b"<dc:date>" in data or b"Matplotlib v" in data for data in first.values())


def test_a_figure_that_fails_leaves_the_earlier_report(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue(first=dot))
    before = contents(tmp_path)
    with pytest.raises(ZeroDivisionError):
        written(tmp_path, tables, FAILED, catalogue(first=dot, second=lambda selection: 1 / 0))
    assert contents(tmp_path) == before


@pytest.mark.parametrize("slip", [ZeroDivisionError(), MemoryError(), SystemExit(0), BadInput("a line of its own")])
def test_a_report_of_new_tables_does_without_a_users_figure_that_fails(tmp_path, tables, slip):
    def fails(selection):
        raise slip

    written(tmp_path, tables, MANIFEST, catalogue(first=dot, second=dot))
    plugins = catalogue(first=dot, second=fails)
    plugins.files["figure", "second"] = "my.py"
    report = write.new_report(tmp_path, tables, MANIFEST, plugins)
    assert isinstance(report.failure, BadInput)
    own = "a line of its own", f"plugins: my.py: the figure second cannot be drawn: {type(slip).__name__}: "
    assert str(report.failure).startswith(own)
    assert {Path(file).stem for file in report.files} == {"first", "ratios", "index", "report"}
    assert {Path(file).stem for file in report.stale} == {"second"}
    assert b"Not drawn: its plug-in failed: Title of second.\n" in report.files["report.md"]
    with pytest.raises(BadInput) as caught:
        write.redrawn_report(tmp_path, tables, MANIFEST, plugins, settings.Drawing())
    assert str(caught.value) == str(report.failure)


def test_a_figure_no_longer_drawn_goes_and_the_users_files_stay(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue(first=dot, second=dot))
    mine = tmp_path / "figures" / "mine.svg"
    mine.write_text("<svg/>")
    (tmp_path / "figures" / "copy.png").write_bytes((tmp_path / "figures" / "first.png").read_bytes())
    written(tmp_path, tables, MANIFEST, catalogue(first=dot, second=None))
    left = {path.name for path in (tmp_path / "figures").iterdir()}
    assert left == {"first.png", "first.svg", "first.tex", "ratios.tex", "mine.svg", "copy.png"}
    text = (tmp_path / "report.md").read_text()
    assert "second.png" not in text
    assert text.count("Not drawn: ") == text.count(": Title of second.\n") == 1


def test_a_figure_from_pyplot_leaves_nothing_open(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue(first=lambda selection: pyplot.figure(figsize=(1, 1))))
    assert not pyplot.get_fignums()


def test_a_failed_verdict_is_the_first_line_with_the_failures(tmp_path, tables):
    written(tmp_path, tables, FAILED, catalogue())
    text = (tmp_path / "report.md").read_text()
    first = text.splitlines()[0]
    assert first.startswith("**FAILED: 4 checks disagree: row one: z = 9; row two; row three; and 1 more")
    assert "- row four\n" in text
    assert "The oracle agrees" not in text


def test_a_report_says_what_was_asked_what_was_found_and_how_it_was_made(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue())
    text = (tmp_path / "report.md").read_text()
    assert text.startswith("# x\n\n## Verdict\n\nThe oracle agrees with 4 gradients")
    assert "95.0 % of the ratios' 95 % intervals" in text
    assert f"{SIGMA} = 0.3, 1, 3 and 10; n = 1 and 10; K = 1 and 10" in text
    assert "    python -m bench sweep name=x\n" in text
    assert "- commit: abc with uncommitted changes\n" in text
    assert "Machine: A CPU, 4 cores (2 allowed); executor: threads" in text
    assert "sampling 1.23" in text
    assert "Nothing: every row was measured and converged." in text


def test_names_are_text_and_not_markup(tmp_path):
    name = "mine|<b>*bold*</b>[x](y)"
    tables = synthetic.tables(estimators=[name, "pathwise"], sigma=[1.0], dataset_size=[10], samples=[1])
    written(tmp_path, tables, MANIFEST | {"name": "<script>"}, catalogue())
    text = (tmp_path / "report.md").read_text()
    assert "mine\\|\\<b\\>\\*bold\\*\\</b\\>\\[x\\](y)" in text
    assert text.startswith("# \\<script\\>\n")


def test_nothing_measured_is_a_report_too(tmp_path):
    tables = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1], status=lambda row: "skipped: a reason")
    written(tmp_path, tables, {"verdict": {"ok": True}}, registry.load(kinds=["figure"]))
    text = (tmp_path / "report.md").read_text()
    assert "No variance ratio was measured." in text
    assert text.count("Not drawn: ") == 1
    (line,) = (line for line in text.splitlines() if line.startswith("Not drawn: "))
    assert line.count(";") == 7


def test_an_objective_without_data_has_its_rows(tmp_path):
    tables = synthetic.tables(sigma=[1.0, 3.0], dataset_size=[1], samples=[1], latents=["shared"])
    for frame in tables.values():
        frame["dataset_size"] = np.nan
        frame["objective"] = "cosine"
    written(tmp_path, tables, MANIFEST, registry.load(kinds=["figure"]))
    text = (tmp_path / "report.md").read_text()
    assert "figures/variance_ratio_sigma.png" in text
    assert "figures/variance_ratio_dataset_size.png" not in text
    assert "The score function weighs" not in text


def test_a_partial_redraw_leaves_the_others_on_the_disk_and_in_the_report(tmp_path, tables):
    both = catalogue(first=dot, second=dot)
    written(tmp_path, tables, MANIFEST, both)
    before = contents(tmp_path)
    asked = settings.Drawing(style.Style(width=5.5), ("second",), ("png", "pdf"))
    files = written(tmp_path, tables, MANIFEST, both, asked)
    assert [file.name for file in files] == [
        "second.png", "second.pdf", "second.tex", "ratios.tex", "index.html", "report.md"
    ]  # fmt: skip
    after = contents(tmp_path)
    changed = {path.name for path in after if after[path] != before.get(path)}
    assert changed == {"second.pdf", "index.html", "report.md"}  # this figure has its own size
    text = (tmp_path / "report.md").read_text()
    assert "(figures/first.png)](figures/first.svg)" in text
    assert "(figures/second.png)](figures/second.svg)" in text
    assert "- [figures/second.pdf](figures/second.pdf)\n" in text
    assert before.keys() < after.keys()


def test_a_redraw_leaves_and_names_the_figure_of_a_plugin_that_is_not_loaded(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue(first=dot, users=dot))
    written(tmp_path, tables, MANIFEST, catalogue(first=dot), settings.Drawing(figures=("first",)))
    assert (tmp_path / "figures" / "users.png").exists()
    report = write.redrawn_report(tmp_path, tables, MANIFEST, catalogue(first=dot), settings.Drawing())
    assert {path for path in report.staying if "users" in path} == {
        f"figures/users.{end}" for end in ("png", "svg", "tex")
    }
    assert report.stale == []
    written(tmp_path, tables, MANIFEST, catalogue(first=dot), settings.Drawing())
    assert (tmp_path / "figures" / "users.png").exists()
    assert "(figures/users.png)" in (tmp_path / "report.md").read_text()


def test_a_figure_that_has_nothing_to_show_any_more_goes(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue(first=dot, second=dot))
    written(tmp_path, tables, MANIFEST, catalogue(first=dot, second=None), settings.Drawing())
    assert not (tmp_path / "figures" / "second.png").exists()


def test_the_files_of_a_report_are_listed(tmp_path, tables):
    assert write.report_in(tmp_path) == []
    files = written(tmp_path, tables, MANIFEST, catalogue(first=dot))
    (tmp_path / "figures" / "notes.png").write_bytes(b"mine")
    assert sorted(tmp_path / name for name in write.report_in(tmp_path)) == sorted(files)


def test_a_report_is_made_without_touching_a_file(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue(first=dot, second=dot))
    before = contents(tmp_path)
    report = write.new_report(tmp_path, tables, FAILED, catalogue(first=dot))
    write.redrawn_report(tmp_path, tables, FAILED, catalogue(first=dot), settings.Drawing())
    assert contents(tmp_path) == before
    assert report.stale == ["figures/second.png", "figures/second.svg", "figures/second.tex"]
    assert [*report.files][-1] == "report.md"


def test_new_tables_remove_what_was_drawn_from_the_old_ones(tmp_path, tables):
    plugins, folder = registry.Registry(), tmp_path / "figures"
    plugins.add(variance_samples.PLUGIN, "", "variance_samples")
    formats, always = ("png", "svg", "pdf", "pgf"), {"variance_samples.csv", "variance_samples.tex", "ratios.tex"}
    written(tmp_path, tables, MANIFEST, plugins, settings.Drawing(formats=formats))
    made = {path.name for path in folder.iterdir()}
    assert made == {*(f"variance_samples.{suffix}" for suffix in formats), *always}
    (folder / "copy.csv").write_bytes((folder / "variance_samples.csv").read_bytes())
    written(tmp_path, tables, MANIFEST, plugins, settings.Drawing())
    assert {path.name for path in folder.iterdir()} == made | {"copy.csv"}
    written(tmp_path, tables, MANIFEST, plugins)
    drawn = {"variance_samples.png", "variance_samples.svg", "copy.csv", *always}
    assert {path.name for path in folder.iterdir()} == drawn


def test_a_figure_that_no_page_can_show_is_a_link(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue(a=dot, b=dot), settings.Drawing(figures=("a",), formats=("pdf",)))
    text = (tmp_path / "report.md").read_text()
    assert "### Title of a\n\n[figures/a.pdf](figures/a.pdf)\n\nCaption of a\n" in text
    assert "\n\nNot drawn: not asked for: Title of b.\n" in text


def test_a_figure_without_numbers_of_its_own_has_no_csv(tmp_path, tables):
    written(tmp_path, tables, MANIFEST, catalogue(a=dot), settings.Drawing(formats=("svg",)))
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"a.svg", "a.tex", "ratios.tex"}
