"""From the tables, the manifest and the drawn figures of a run to its index.html: the same tables, the same text."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bench.markup.html import Block, blocks, together
from bench.report.page.data import LISTED, embedded, facets, listing, prepared
from bench.report.page.headline import answers, headline
from bench.report.page.looks import looks
from bench.report.sections.agreement import agreement
from bench.report.sections.gallery import CONTENTS, Gallery
from bench.report.sections.missing import missing
from bench.report.sections.origin import origin
from bench.report.sections.phrases import Tables
from bench.report.sections.question import question
from bench.report.sections.ratios import ratios
from bench.report.sections.timings import timings
from bench.report.sections.verdict import verdict
from bench.tables import slices

HERE = Path(__file__).parent
SCRIPTS = ("explorer.js", "listings.js")
LEAD = "variance_ratio_sigma"  # the figure beside the answer, where it was drawn


def page(tables: Tables, manifest: Mapping[str, Any], shown: Gallery) -> str:
    """The page: all that a report says, and the figures that have an SVG."""
    frames = prepared(tables)
    drawn = {name: _address(image) for name, image in shown.vectors.items()}
    marks = looks(tables["statistics"]["estimator"].unique())
    script = "".join((HERE / name).read_text() for name in SCRIPTS)
    return _template().render(
        name=manifest.get("name", "report"),
        failed=not manifest["verdict"]["ok"],
        verdict=_untitled(blocks(verdict(manifest))),
        answers=answers(tables, manifest["verdict"]),
        headline=headline(tables),
        question=blocks(question(tables)),
        ratios=blocks(ratios(tables, manifest)),
        agreement=blocks(agreement(tables)),
        timings=blocks(timings(tables, manifest)),
        missing=blocks(missing(tables)),
        origin=blocks(origin(manifest)),
        shown=shown,
        drawn=drawn,
        lead=LEAD if LEAD in drawn else next(iter(drawn), None),
        facets=facets(frames),
        axes=slices.AXES,
        looks=marks,
        data={"tables": {name: embedded(frame) for name, frame in frames.items()}, "looks": marks},
        listings=[listing(name, frames[name]) for name in LISTED],
        files=CONTENTS,
        style=Markup((HERE / "style.css").read_text()),
        script=Markup(script),
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _template() -> Template:
    """The template; what it shows is escaped, in JSON too."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "allow_nan": False}
    environment.filters["together"] = together
    return environment.get_template("template.html")


def _untitled(found: list[Block]) -> list[Block]:
    """The verdict without the name of the run, which is its first heading: the page has its own."""
    title = next(i for i, block in enumerate(found) if block.kind == "heading")
    return found[:title] + found[title + 1 :]


def _address(svg: bytes) -> Markup:
    """An image as an address that needs no file."""
    text = svg.decode().replace("\n", " ")
    return Markup("data:image/svg+xml,{}").format(Markup(quote(text, safe=" =:;,/()!*?@+$[]{}|^`")))
