"""The contents of a report: the one list of its sections, for a run of each kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.markup.blocks import Block, Figure, Heading
from bench.report.sections import gallery
from bench.report.sections.agreement import agreement
from bench.report.sections.asked import asked
from bench.report.sections.batches import batches
from bench.report.sections.ends import ends
from bench.report.sections.extremes import extremes
from bench.report.sections.firsts import firsts
from bench.report.sections.fit_answer import fit_answer
from bench.report.sections.fit_question import fit_question
from bench.report.sections.fit_verdict import fit_verdict
from bench.report.sections.formulas import formulas
from bench.report.sections.landing import landing
from bench.report.sections.machines import machines
from bench.report.sections.missing import missing
from bench.report.sections.origin import origin
from bench.report.sections.outliers import outliers
from bench.report.sections.phrases import Tables
from bench.report.sections.published import published, published_fit
from bench.report.sections.question import question
from bench.report.sections.ratios import ratios
from bench.report.sections.theory import theory
from bench.report.sections.timings import timings
from bench.report.sections.vae import vae
from bench.report.sections.verdict import alarm, verdict
from bench.report.sections.winners import winners
from bench.tables.manifest import kind_told

FORMULAS = "formulas"  # the section that a page shows below its title


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its anchor on the page and its name in the page's navigation, where it has one."""

    anchor: str
    name: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a report says: a failure before all else, the title, the sections."""

    alarm: Sequence[Block]
    title: str
    sections: Sequence[Section]

    def blocks(self) -> list[Block]:
        """All blocks, in their order."""
        blocks = [block for section in self.sections for block in section.blocks]
        return [*self.alarm, Heading(1, self.title), *blocks]


def contents(tables: Tables, manifest: Mapping[str, Any], figures: Sequence[Figure], paths: Sequence[str]) -> Document:
    """The contents of the report of a run, from its tables, its manifest, its figures and the paths of their files.

    The page shows a section by the template of its anchor, page/ANCHOR.html, or else as it is; it alone has the
    sections without blocks.
    """
    of_kind = {"sweep": _of_sweep, "fit": _of_fit}[kind_told(manifest)]
    return Document(alarm(manifest), manifest.get("name", "report"), of_kind(tables, manifest, figures, paths))


def _of_sweep(
    tables: Tables, manifest: Mapping[str, Any], figures: Sequence[Figure], paths: Sequence[str]
) -> Sequence[Section]:
    """Do the estimators agree, which one varies less, at what cost?"""
    time = machines(tables) if "timings_by_machine" in tables else timings(tables, manifest)
    return (
        Section("answer", "", verdict(manifest)),
        Section("question", "", question(tables)),
        *_told(FORMULAS, "", formulas(tables["statistics"])),
        *_told("published", "The study", published(tables, manifest)),
        *([Section("try", "Try it")] if asked(tables, manifest) else []),
        Section("explorer", "Explorer"),
        *_told("winners", "Who wins", winners(tables)),
        Section("ratios", "Ratios", [*ratios(tables), *extremes(tables), *outliers(tables, manifest)]),
        *_told("batches", "Batches", batches(tables)),
        Section("agreement", "Agreement", agreement(tables)),
        Section("figures", "Figures", gallery.figures(gallery.asked(figures, tables))),
        Section("time", "Time", time),
        Section("missing", "", missing(tables)),
        Section("rows", "All rows"),
        Section("origin", "How it was made", origin(manifest)),
        Section("files", "Files", gallery.files(tables, paths)),
    )


def _of_fit(
    tables: Tables, manifest: Mapping[str, Any], figures: Sequence[Figure], paths: Sequence[str]
) -> Sequence[Section]:
    """Where does descent end, how fast, and with which estimator first?"""
    of_network = vae(tables)
    return (
        Section("answer", "", fit_verdict(manifest)),
        *_told("published", "The study", published_fit(tables, manifest)),
        *_told("algebra", "The answer", fit_answer(tables, manifest)),
        *_told("landing", "Landing", landing(tables)),
        *_told("vae", "Autoencoder", of_network),
        Section("question", "", fit_question(tables)),
        *_told(FORMULAS, "", formulas(tables["curves"])),
        Section("explorer", "Explorer"),
        *([] if of_network else _of_theta(tables)),
        Section("figures", "Figures", gallery.figures(gallery.drawn(figures))),
        Section("rows", "All rows"),
        Section("origin", "How it was made", origin(manifest)),
        Section("files", "Files", gallery.files(tables, paths)),
    )


def _of_theta(tables: Tables) -> Sequence[Section]:
    """What there is to say of parameters of a family, whose F is exact: an autoencoder has no least F and no theta."""
    return (
        Section("ends", "Where they ended", ends(tables)),
        Section("firsts", "Who is first", firsts(tables)),
        *_told("theory", "Theory", theory(tables)),
    )


def _told(anchor: str, name: str, blocks: Sequence[Block]) -> Sequence[Section]:
    """A section where there is anything to say."""
    return [Section(anchor, name, blocks)] if blocks else []
