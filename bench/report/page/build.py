"""From the tables, the manifest and the document of a report to its index.html: the same tables, the same text."""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bench.markup import html
from bench.markup.blocks import Figure
from bench.markup.spaces import together
from bench.report.contents import FORMULAS, Document
from bench.report.glossary import explained
from bench.report.images import RATIOS
from bench.report.page.citation import citation
from bench.report.page.data import LISTED, axes, embedded, explored, facets, listing, prepared, quantities
from bench.report.page.headline import answers, headline
from bench.report.page.learning import of_fit
from bench.report.page.looks import looks
from bench.report.page.pictured import pictures
from bench.report.page.told import single, title, told
from bench.report.sections.asked import asked
from bench.report.sections.gallery import contents, files_of
from bench.report.sections.phrases import Tables
from bench.report.sections.purpose import purpose
from bench.tables.manifest import kind_told

HERE = Path(__file__).parent
LEADS = {
    "sweep": ("variance_ratio_map", "variance_along", "variance_samplers", "variance_ratio_sigma"),
    "fit": ("loss_steps",),
}  # the figure beside the answer: the first that was drawn, else any


def page(tables: Tables, manifest: Mapping[str, Any], document: Document, paths: Sequence[str]) -> str:
    """The page: all that a report says, the figures that have an SVG, and links to the files of the figures."""
    figures = [block for section in document.sections for block in section.blocks if isinstance(block, Figure)]
    kind = kind_told(manifest)
    lead = _lead(figures, LEADS[kind])
    scripts, styles, context = PARTS[kind]
    script = "".join((HERE / name).read_text() for name in scripts)
    return template("template.html").render(
        name=document.title,
        kind=kind,
        alarm=document.alarm,
        sections=[
            replace(section, blocks=[*explained(block for block in section.blocks if block is not lead)])
            for section in document.sections
            if section.anchor != FORMULAS
        ],
        formulas=[block for section in document.sections if section.anchor == FORMULAS for block in section.blocks],
        failed=not manifest["verdict"]["ok"],
        nothing_compared=not manifest["verdict"].get("checks", 1),
        lead=lead,
        told=told,
        citation=citation(manifest),
        files=contents(tables),
        figures=figures,
        ratios=[] if any(figure.name == RATIOS for figure in figures) else files_of(RATIOS, paths),
        style=Markup("".join((HERE / name).read_text() for name in styles)),
        script=Markup(script),
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        **context(tables, manifest),
    )


def _of_sweep(tables: Tables, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of a sweep's page is filled with besides."""
    frames = prepared(tables)
    along = axes(frames)
    explorer = {name: explored(frame, along) for name, frame in frames.items()}
    offered = facets(explorer, along)
    marks, question = looks(tables["statistics"]["estimator"].unique()), asked(tables, manifest)
    listings = [listing(name, frames[name]) for name in LISTED]
    return {
        "compared": "gradient estimators compared",
        "asks": purpose(tables["statistics"], manifest),
        "answers": answers(tables, manifest["verdict"]),
        "pictures": defaultdict(str, pictures(tables, manifest["verdict"])),
        "headline": headline(tables),
        "quantities": quantities(explorer),
        "facets": offered,
        "axes": {name: title(name) for name in along},
        "looks": marks,
        "data": {
            "name": manifest.get("name", "report"),
            "tables": {name: embedded(frame, along) for name, frame in explorer.items()},
            "looks": marks,
            "facets": [facet.name for facet in offered],
            "single": single(offered),
            "listed": {listing.name: listing.columns for listing in listings},
            "try": {**question, "looks": looks(TRIED)} if question else None,
        },
        "listings": listings,
    }


PLOT = ("data.js", "elements.js", "scales.js", "controls.js", "plot.js", "link.js", "picture.js", "save.js")
ROWS = ("listings.js", "contents.js")
TRY, TRIED = ("formulas.js", "try.js", "descent.js"), ("score_function", "pathwise")
PARTS = {
    "sweep": (
        (*PLOT, "choices.js", "points.js", "explorer.js", *ROWS, *TRY),
        ("style.css", "words.css", "sweep.css"),
        _of_sweep,
    ),
    "fit": ((*PLOT, "curves.js", "learning.js", *ROWS), ("style.css", "words.css", "learning.css"), of_fit),
}  # of the page of each kind of run: scripts, styles, and what fills the template


def _lead(figures: Sequence[Figure], names: Sequence[str]) -> Figure | None:
    """The figure beside the answer: the first of some names or, where none was drawn, the first that was."""
    drawn = {figure.name: figure for figure in figures if figure.vector}
    return next((drawn[name] for name in (*names, *drawn) if name in drawn), None)


def template(name: str) -> Template:
    """A template of a page; what it shows is escaped, in JSON too."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "allow_nan": False}
    environment.filters |= {"together": together, "blocks": html.render, "links": html.links}
    return environment.get_template(name)
