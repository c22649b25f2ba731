"""From the tables, the manifest and the drawn figures of a run to its index.html; the same tables give the same text."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bench import slices
from bench.page.blocks import Block, blocks
from bench.page.data import LISTED, embedded, facets, listing, prepared
from bench.page.looks import looks
from bench.sections.agreement import agreement
from bench.sections.markdown import escape
from bench.sections.origin import missing, origin
from bench.sections.ratios import ratios
from bench.sections.timings import timings
from bench.sections.verdict import question, verdict
from bench.sections.words import Tables, interval, number, shown, side_by_side

HERE = Path(__file__).parent
LEAD = "variance_ratio_sigma"  # the figure beside the answer, where it was drawn


def page(
    tables: Tables, manifest: Mapping[str, Any], figures: Mapping[str, Any], images: Mapping[str, Any],
    files: Mapping[str, str],
) -> str:  # fmt: skip
    """The page; `images` holds the files of each figure by suffix, `files` what stands beside the page and its contents."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "allow_nan": False}
    frames = prepared(tables)
    _, middle = slices.middle(slices.measured(frames["ratios"], "variance_ratio"), slices.AXES)
    drawn = {name: _address(image["svg"]) for name, image in images.items() if image}
    marks = looks(tables["statistics"]["estimator"].unique())
    script = (HERE / "explorer.js").read_text()
    return environment.get_template("template.html").render(
        name=manifest.get("name", "report"),
        failed=not manifest["verdict"]["ok"],
        question=_body(question(tables)),
        verdict=_body(verdict(manifest)),
        headline=_body(headline(tables)),
        ratios=blocks(ratios(tables, manifest)),
        agreement=blocks(agreement(tables)),
        timings=blocks(timings(tables, manifest)),
        missing=blocks(missing(tables)),
        origin=blocks(origin(manifest)),
        figures=figures,
        drawn=drawn,
        lead=LEAD if LEAD in drawn else next(iter(drawn), None),
        facets=facets(frames),
        middle=middle,
        axes=slices.AXES,
        looks=marks,
        data={"tables": {name: embedded(frame) for name, frame in frames.items()}, "looks": marks},
        listings=[listing(name, frames[name]) for name in LISTED],
        files=files,
        style=Markup((HERE / "style.css").read_text()),
        script=Markup(script),
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def headline(tables: Tables) -> str:
    """The variance ratios in the middle cell of the grid, as Markdown."""
    rows = slices.measured(tables["ratios"], "variance_ratio")
    if rows.empty:
        return "No variance ratio was measured.\n"
    rows, chosen = slices.middle(rows, slices.AXES)
    cells = {
        "ratio": lambda row: interval(row, "variance_ratio"),
        "exact": lambda row: number(row["exact_variance_ratio"]),
    }
    lines = side_by_side(rows, ["numerator"], cells)
    over = escape(rows["denominator"].iloc[0])
    return (
        f"Variance over that of {over}:\n\n{lines}\n"
        f"With 95 % intervals; above 1 {over} has the lower variance. {shown(rows, chosen)}\n"
    )


def _body(markdown: str) -> list[Block]:
    """A section without its headings."""
    return [block for block in blocks(markdown) if block.kind != "heading"]


def _address(svg: bytes) -> Markup:
    """An image as an address that needs no file."""
    text = svg.decode().replace("\n", " ")
    return Markup("data:image/svg+xml,{}").format(Markup(quote(text, safe=" =:;,/()!*?@+$[]{}|^`")))
