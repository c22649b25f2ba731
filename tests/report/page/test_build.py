"""The page as text: what it holds, what it escapes, and that it asks nobody for anything."""

import re
from pathlib import Path

import pandas as pd
import pytest

from bench import registry
from bench.markup import numbers
from bench.report.page.build import HERE
from bench.report.page.data import LISTED
from bench.report.page.looks import DARK, contrast
from bench.tables import slices
from tests.support import synthetic
from tests.support.page import IMAGE, Reader, column, data, render
from tests.support.reports import FAILED, MANIFEST, dot, written
from tests.support.signs import MU, SIGMA2

Frames = dict[str, pd.DataFrame]
TOP = Path(__file__).parents[3]
EVIL = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def tables() -> Frames:
    return synthetic.tables(sigma=[0.3, 1.0, 3.0], dataset_size=[1, 10], samples=[1, 10])


@pytest.fixture(scope="module")
def text(tables: Frames) -> str:
    return render(tables)


def test_names_and_values_are_text_and_never_markup(tables: Frames) -> None:
    evil = {name: frame.copy() for name, frame in tables.items()}
    for frame in evil.values():
        for key in ("estimator", "numerator"):
            if key in frame:
                frame[key] = frame[key].replace("score_function", EVIL)
    evil["statistics"].loc[:3, "status"] = "skipped: <img src=x onerror=alert(1)>"
    manifest = MANIFEST | {"name": EVIL, "command": EVIL, "versions": {EVIL: "1"}}
    text = render(evil, manifest, a=dot)
    page = Reader(text)
    assert len(page.all("script")) == 2
    assert not any(attributes.get("src") == "x" for attributes in page.all("img"))
    assert EVIL in page.texts
    assert EVIL in data(text)["looks"]
    assert column(data(text)["tables"]["statistics"], "status")[0].endswith("onerror=alert(1)>")


def test_nothing_is_asked_of_anybody(tables: Frames) -> None:
    page = Reader(render(tables, images={"first": IMAGE}, first=dot))
    policy = next(tag["content"] for tag in page.all("meta") if tag.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:;")
    loaded = [tag["src"] for _, tag in page.tags if "src" in tag]
    assert len(loaded) == 1
    assert all(address.startswith("data:") for address in loaded)
    links = [tag["href"] for _, tag in page.tags if "href" in tag]
    assert not [link for link in links if ":" in link and not link.startswith("data:,")]
    ids = {tag["id"] for _, tag in page.tags if "id" in tag}
    assert {link[1:] for link in links if link.startswith("#")} <= ids


def test_its_structure_can_be_followed_without_seeing_it(tables: Frames) -> None:
    page = Reader(render(tables, images={"first": IMAGE}, first=dot))
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("nav")) == 1
    assert all(tag["alt"] for tag in page.all("img"))
    assert len(page.all("caption")) == len(page.all("table"))
    ids = [tag["id"] for _, tag in page.tags if "id" in tag]
    assert len(ids) == len(set(ids))


def test_the_first_words_are_the_verdict_and_the_ratios_of_the_middle_cell(tables: Frames, text: str) -> None:
    words = Reader(text).texts
    assert words[words.index("Verdict") + 1] == "Do they agree?"
    (yes,) = [line for line in words if line.startswith(f"Yes, for {MU} and {SIGMA2}: all 12 checks against exact ")]
    assert yes.endswith(" of 4 gradients and 4 variances as measured, and 4 gradients integrated instead of sampled.")
    assert any(line.startswith("agrees with 4 gradients") for line in words)
    rows, _ = slices.middle(slices.measured(tables["ratios"], "variance_ratio"), slices.AXES)
    assert len(rows) == 6
    for row in rows.to_dict("records"):
        value = numbers.give_or_take(*(row[f"variance_ratio{end}"] for end in ("", "_low", "_high")))
        exact = numbers.spoken(row["exact_variance_ratio"])
        assert f'<strong>{value}</strong></dd><dd class="detail">exact {exact}</dd>' in text
    assert "python -m bench sweep name=x" in words


def test_a_failure_is_said_before_anything_else(tables: Frames) -> None:
    text = render(tables, FAILED)
    assert '<div class="verdict failed">' in text
    words = Reader(text[text.index("<main>") :]).texts
    assert words[0].startswith("FAILED: 4 checks disagree")
    assert "The oracle agrees" not in text


def test_parts_without_rows_say_so() -> None:
    skipped = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1], status=lambda row: "skipped: a reason")
    text = render(skipped, {"verdict": {"ok": True}}, empty=["first"], first=dot)
    for words in ("No variance ratio was measured.", "No gradient was measured.", "Nothing was timed.", "Not drawn: "):
        assert words in text
    assert "No rows: timings.csv is empty." in text
    assert "<title>report: " in text


def test_empty_tables_make_a_page_too(tables: Frames) -> None:
    text = render({name: frame.head(0) for name, frame in tables.items()})
    assert text.count("No rows: ") == len(LISTED)


def test_the_same_tables_give_the_same_text(tables: Frames, text: str) -> None:
    assert render({name: frame.copy() for name, frame in tables.items()}) == text


@pytest.mark.slow
def test_the_default_sweep_makes_less_than_two_megabytes(tmp_path: Path) -> None:
    tables = synthetic.tables(dataset_size=[1, 5, 25, 125])
    files = written(tmp_path, tables, MANIFEST, registry.load(kinds=["figure"]))
    assert tmp_path / "index.html" in files
    assert (tmp_path / "index.html").stat().st_size < 2_000_000


def test_the_page_of_the_reference_sweep_has_less_than_two_megabytes() -> None:
    assert 500_000 < (TOP / "reports" / "reference" / "index.html").stat().st_size < 2_000_000


def test_texts_stand_out_from_what_is_behind_them_in_light_and_dark() -> None:
    """WCAG 2, AA: a contrast of 4.5 or more."""
    pairs = re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\);", (HERE / "style.css").read_text())
    assert {name: dark for name, _, dark in pairs}["page"] == DARK
    for colours in ({name: light for name, light, _ in pairs}, {name: dark for name, _, dark in pairs}):
        for text in ("ink", "soft", "link", "good", "bad"):
            for back in ("page", "shade"):
                assert contrast(colours[text], colours[back]) >= 4.5, (text, back)


def test_the_files_of_the_page_can_be_read_in_one_sitting() -> None:
    for file in HERE.iterdir():
        if file.suffix in (".css", ".html", ".js"):
            assert len(file.read_text().splitlines()) < 150


def test_a_figure_has_links_to_the_files_that_there_are_and_no_others(tables: Frames) -> None:
    paths = ["figures/a.svg", "figures/a.csv", "figures/a.tex", "figures/b.pdf", "figures/ratios.tex"]
    text = render(tables, images={"a": IMAGE}, paths=paths, empty=["c"], a=dot, b=dot, c=dot, d=dot)
    links = {tag["href"] for tag in Reader(text).all("a")}
    assert {link for link in links if link.startswith("figures/")} == set(paths)
    assert 'Files: <a href="figures/b.pdf">PDF</a>. The page shows an SVG alone.' in text
    assert text.count("Not drawn: no measured row of the tables has what it shows") == 1
    assert text.count("Not drawn: not asked for: ") == 1


@pytest.mark.parametrize(
    ("names", "lead"), [(("first", "variance_ratio_sigma"), "variance_ratio_sigma"), (("first", "second"), "first")]
)
def test_one_figure_stands_beside_the_answer_and_nowhere_else(
    tables: Frames, names: tuple[str, ...], lead: str
) -> None:
    images = dict.fromkeys(names, IMAGE)
    text = render(tables, images=images, paths=[f"figures/{name}.svg" for name in names], **dict.fromkeys(names, dot))
    answer = text.partition('<section id="answer"')[2].partition("</section>")[0]
    assert [name for name in names if f'alt="Title of {name}"' in answer] == [lead]
    assert [text.count(f'alt="Title of {name}"') for name in names] == [1] * len(names)
