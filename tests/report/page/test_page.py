"""The page as text: what it holds, what it escapes, and that it asks nobody for anything."""

import json
import math
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from bench import registry
from bench.drawing import palette
from bench.markup import numbers
from bench.report.contents import contents
from bench.report.page.build import HERE, page
from bench.report.page.data import LISTED, MOST_ROWS, facets, prepared
from bench.report.page.headline import answers
from bench.report.page.looks import RADIUS, looks, outline
from bench.report.sections.gallery import gallery
from bench.tables import slices
from tests.support import synthetic
from tests.support.reports import FAILED, MANIFEST, catalogue, dot, written

EVIL = "</script><script>alert(1)</script>"
IMAGE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


class Reader(HTMLParser):
    """The tags with their attributes, the texts, and the raw text of scripts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.open = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open = tag

    def handle_data(self, text):
        if self.open != "script" and text.strip():
            self.texts.append(text.strip())

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def render(tables, manifest=MANIFEST, images=None, empty=(), paths=(), **draws):
    figures = gallery(catalogue(**draws).plugins["figure"], empty, paths, images or {})
    return page(tables, manifest, contents(tables, manifest, figures, paths), paths)


def data(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


def column(table, name):
    found = table["columns"][name]
    if "numbers" in found:
        return found["numbers"]
    return [found["values"][code] for code in found["codes"] or [0] * table["rows"]]


def same(embedded, wanted):
    wanted = [None if isinstance(value, float) and math.isnan(value) else value for value in wanted]
    return embedded == wanted


@pytest.fixture(scope="module")
def tables():
    return synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1, 10])


@pytest.fixture(scope="module")
def text(tables):
    return render(tables)


def test_the_embedded_numbers_are_those_of_the_tables(tables, text):
    embedded = data(text)["tables"]
    assert set(embedded) == set(tables)
    for name, table in embedded.items():
        frame = tables[name]
        left = set(frame.columns) - set(table["columns"])
        assert left == {"schema", "variant", "dimension"} & set(frame.columns) | (
            {"variance_ratio", "time_ratio"} if name == "efficiency" else set()
        )
        for key in table["columns"]:
            assert same(column(table, key), frame[key].tolist()), (name, key)


def test_a_missing_or_infinite_number_is_null_and_an_axis_may_be_missing(tables):
    holes = {name: frame.copy() for name, frame in tables.items()}
    for frame in holes.values():
        frame["dataset_size"] = frame["dataset_size"].astype(float).where(frame["dataset_size"] > 1)
    holes["ratios"]["variance_ratio"] = np.where(holes["ratios"]["parameter"] == "mu", np.inf, 2.0)
    table = data(render(holes))["tables"]["ratios"]
    assert set(column(table, "variance_ratio")) == {None, 2.0}
    assert same(column(table, "dataset_size"), holes["ratios"]["dataset_size"].tolist())


def test_the_rows_of_the_listings_are_those_of_the_tables(tables, text):
    for name in LISTED:
        listing = re.search(f'<table class="listing" data-table="{name}">(.*?)</table>', text, re.DOTALL)[1]
        columns = re.findall(r'<th scope="col">(.*?)</th>', listing)
        rows = [line.split("<td>")[1:] for line in listing.splitlines() if line.startswith("<tr><td>")]
        frame = tables[name]
        assert len(rows) == len(frame)
        for key in ("sigma", "samples", "variance_ratio", "gradient", "estimate_ns", "estimator"):
            if key in columns:
                shown = [row[columns.index(key)] for row in rows]
                assert shown == [v if isinstance(v, str) else numbers.number(v, 5) for v in frame[key]], (name, key)
        assert {"variance_ratio", "variance", "time_ratio"} & set(columns)
        assert "data" not in columns  # it never varies; the line above the table has it


def test_a_long_listing_is_cut_and_says_so():
    grid = {"sigma": list(np.geomspace(0.1, 10, 15)), "samples": list(range(1, 13))}
    tables = synthetic.tables(dataset_size=[3], **grid)
    text = render(tables)
    rows = len(tables["statistics"])
    assert rows > MOST_ROWS
    assert f"The first {MOST_ROWS} of {rows} rows; statistics.csv has all." in text
    assert data(text)["tables"]["statistics"]["rows"] == rows


def test_names_and_values_are_text_and_never_markup(tables):
    evil = {name: frame.copy() for name, frame in tables.items()}
    for frame in evil.values():
        for key in ("estimator", "numerator"):
            if key in frame:
                frame[key] = frame[key].replace("score_function", EVIL)
    evil["statistics"].loc[:3, "status"] = "skipped: <img src=x onerror=alert(1)>"
    manifest = MANIFEST | {"name": EVIL, "command": EVIL, "versions": {EVIL: "1"}}
    text = render(evil, manifest, a=lambda tables: None)
    found = Reader(text)
    assert len(found.all("script")) == 2
    assert not any(attributes.get("src") == "x" for attributes in found.all("img"))
    assert EVIL in found.texts
    assert EVIL in data(text)["looks"]
    assert column(data(text)["tables"]["statistics"], "status")[0].endswith("onerror=alert(1)>")


def test_nothing_is_asked_of_anybody(tables):
    found = Reader(render(tables, images={"first": IMAGE}, first=dot))
    policy = next(tag["content"] for tag in found.all("meta") if tag.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:;")
    loaded = [tag["src"] for _, tag in found.tags if "src" in tag]
    assert len(loaded) == 1
    assert all(address.startswith("data:") for address in loaded)
    links = [tag["href"] for _, tag in found.tags if "href" in tag]
    assert not [link for link in links if ":" in link and not link.startswith("data:,")]
    ids = {tag["id"] for _, tag in found.tags if "id" in tag}
    assert {link[1:] for link in links if link.startswith("#")} <= ids


def test_its_structure_can_be_followed_without_seeing_it(tables):
    found = Reader(render(tables, images={"first": IMAGE}, first=dot))
    assert found.all("html") == [{"lang": "en"}]
    assert len(found.all("h1")) == len(found.all("main")) == len(found.all("nav")) == 1
    assert all(tag["alt"] for tag in found.all("img"))
    assert len(found.all("caption")) == len(found.all("table"))
    ids = [tag["id"] for _, tag in found.tags if "id" in tag]
    assert len(ids) == len(set(ids))


def test_the_first_words_are_the_verdict_and_the_ratios_of_the_middle_cell(tables, text):
    found = Reader(text).texts
    assert found[found.index("Verdict") + 1] == "Do they agree?"
    assert found[found.index("Verdict") + 2] == "Yes: 12 checks against exact values, and none fails."
    assert any(words.startswith("The oracle agrees: 12 checks") for words in found)
    rows, _ = slices.middle(slices.measured(tables["ratios"], "variance_ratio"), slices.AXES)
    assert len(rows) == 6
    for row in rows.to_dict("records"):
        value, low, high, exact = (
            numbers.number(row[key])
            for key in ("variance_ratio", "variance_ratio_low", "variance_ratio_high", "exact_variance_ratio")
        )
        assert f'<strong>{value}</strong></dd><dd class="detail">[{low}, {high}], exact {exact}</dd>' in text
    assert "python -m bench sweep name=x" in found


def test_a_failure_is_said_before_anything_else(tables):
    text = render(tables, FAILED)
    assert '<div class="verdict failed">' in text
    words = Reader(text[text.index("<main>") :]).texts
    assert words[0].startswith("FAILED: the oracle disagrees in 4 checks")
    assert "The oracle agrees" not in text


def test_parts_without_rows_say_so():
    skipped = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1], status=lambda row: "skipped: a reason")
    text = render(skipped, {"verdict": {"ok": True}}, empty=["first"], first=lambda tables: None)
    for words in ("No variance ratio was measured.", "No gradient was measured.", "Nothing was timed.", "Not drawn: "):
        assert words in text
    assert "No rows: timings.csv is empty." in text
    assert "<title>report: " in text


def test_empty_tables_make_a_page_too(tables):
    text = render({name: frame.head(0) for name, frame in tables.items()})
    assert text.count("No rows: ") == len(LISTED)


def test_the_same_tables_give_the_same_text(tables, text):
    assert render({name: frame.copy() for name, frame in tables.items()}) == text


def test_the_default_sweep_makes_less_than_two_megabytes(tmp_path):
    tables = synthetic.tables(dataset_size=[1, 5, 25, 125])
    files = written(tmp_path, tables, MANIFEST, registry.load(kinds=["figure"]))
    assert tmp_path / "index.html" in files
    assert (tmp_path / "index.html").stat().st_size < 2_000_000


def test_texts_stand_out_from_what_is_behind_them():
    """WCAG 2, AA: a contrast of 4.5 or more."""
    colours = dict(re.findall(r"--(\w+): (#\w{6});", (HERE / "style.css").read_text()))

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05

    for text in ("ink", "soft", "link", "bad"):
        for back in ("#ffffff", colours["shade"]):
            assert luminance(back) / luminance(colours[text]) >= 4.5, text


def test_the_files_of_the_page_can_be_read_in_one_sitting():
    for file in HERE.iterdir():
        if file.suffix in (".css", ".html", ".js"):
            assert len(file.read_text().splitlines()) < 250


def test_markers_have_the_shapes_of_the_figures():
    every = {look.marker for look in palette.KNOWN.values()} | set(palette.MARKERS)
    outlines = {marker: outline(marker) for marker in every}
    assert len(set(outlines.values())) == len(every)
    for path in outlines.values():
        assert re.fullmatch(r"(M(-?[\d.]+ -?[\d.]+L?)+Z)+", path)
        assert max(abs(float(number)) for number in re.findall(r"-?[\d.]+", path)) <= 1.5 * RADIUS
    assert looks(["pathwise"])["pathwise"]["colour"] == palette.KNOWN["pathwise"].colour


def test_the_answers_are_the_extremes_of_the_tables(tables):
    said = answers(tables, {"ok": True, "checks": 12})
    assert list(said) == ["Do they agree?", "Which varies less?", "At what cost in time?"]
    rows = slices.measured(tables["ratios"], "variance_ratio")
    ends = rows[rows["numerator"] == "score_function_local"]["variance_ratio"].agg(["min", "max"])
    varies, cost = said["Which varies less?"], said["At what cost in time?"]
    assert varies.startswith(f"pathwise, in all {len(rows)} measured ratios. score_function has ")
    assert varies.endswith(
        f" the variance of pathwise, score_function_local {' to '.join(map(numbers.number, ends))} times."
    )
    times = tables["timings"][(tables["timings"]["samples"] == 10) & (tables["timings"]["dataset_size"] == 10)]
    ends = times[times["estimator"] == "score_function"]["time_ratio"].agg(["min", "max"])
    assert cost.startswith(f"score_function takes {' to '.join(map(numbers.number, ends))} times as long as pathwise, ")
    assert cost.endswith(" times (dataset_size = 10, samples = 10).")


def test_the_answers_count_what_others_win_and_say_nothing_of_numbers_that_are_wrong(tables):
    mixed = {name: frame.copy() for name, frame in tables.items()}
    lost = mixed["ratios"].index[mixed["ratios"]["parameter"] == "mu"][:3]
    mixed["ratios"].loc[lost, ["variance_ratio", "variance_ratio_low", "variance_ratio_high"]] = 0.5, 0.4, 0.6
    total = len(slices.measured(tables["ratios"], "variance_ratio"))
    said = answers(mixed, {"ok": True})["Which varies less?"]
    assert said.startswith(f"pathwise, in {total - 3} of {total} measured ratios; another estimator, in 3. ")
    assert answers(tables, {"ok": False}) == answers(tables, {"ok": True, "checks": 0}) == {}


def test_a_figure_has_links_to_the_files_that_there_are_and_no_others(tables):
    paths = ["figures/a.svg", "figures/a.csv", "figures/a.tex", "figures/b.pdf", "figures/ratios.tex"]
    text = render(tables, images={"a": IMAGE}, paths=paths, empty=["c"], a=dot, b=dot, c=dot, d=dot)
    links = {tag["href"] for tag in Reader(text).all("a")}
    assert {link for link in links if link.startswith("figures/")} == set(paths)
    assert 'Files: <a href="figures/b.pdf">PDF</a>. The page shows an SVG alone.' in text
    assert text.count("Not drawn: no measured row of the tables has what it shows") == 1
    assert text.count("Not drawn: not asked for.") == 1


def test_the_explorer_begins_where_the_most_was_measured():
    def status(row):
        return "skipped: why" if row["latent"] == "shared" and row["estimator"] == "score_function" else "ok"

    tables = synthetic.tables(dataset_size=[1, 10], samples=[1, 10], status=status)
    found = facets(prepared(tables))
    assert (found["latent"].chosen, found["sigma"].chosen) == ("per_datum", 1)
