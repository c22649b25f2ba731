"""The words of the suite and what they mean: docs/glossary.md lists them, a page tells them where they are pointed at.

Names of the code stand between backticks, which a page leaves out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bench.markup import markdown
from bench.markup.blocks import Block, Bullets, Column, Paragraph, Piece, Table, Term, Text
from bench.report.sections import wording

GLOSSARY = {
    "draw": "one realisation of the base noise, a vector over components, and the y it gives",
    "samples": "K, the draws averaged in one gradient estimate",
    "estimate": "one gradient, the mean over K draws",
    "replicate": "one independent repetition of an estimate; variances are across replicates, never across parameters",
    "family": "the distribution of one component of y: `normal`, `gamma`, `bernoulli`",
    "theta": "the parameters of the family; `derived` ones follow by the chain rule (sigma2, log_sigma)",
    "phi": "a plug-in's own parameters: an objective's k, a finite difference's h",
    "base noise": "parameter-free noise; the family transports it: y = T(noise; theta)",
    "channel": "one source of base noise",
    "score": "s = d log p(y; theta)/d theta, whose mean is 0",
    "path": "J = dy/d theta at fixed noise",
    "components": "d of them, each an independent y_j of the family",
    "tied": "all components share one theta, and the gradient is summed over them",
    "untied": "each component has its own theta and gradient (mean-field)",
    "shared draw": "one y for the whole dataset (`latent`: `shared`)",
    "draw per datum": "an independent y_i for each x_i, as in a VAE (`latent`: `per_datum`)",
    "objective": "f, with its derivatives where it has them",
    "target": "an objective that is minus a log density: F is minus an ELBO",
    "entropy": "how the log q of a target is treated: `closed_form`, `monte_carlo`, `sticking_the_landing`",
    "estimator": "a rule that turns draws and f into a gradient estimate",
    "sampler": "how the noise is drawn: `iid`, `antithetic`, `stratified`, `latin_hypercube`, `sobol`",
    "cell": "one point of the grid of axes",
    "reference": "what is below every ratio: pathwise where it runs, else the score function (column `denominator`)",
    "variance ratio": "Var(estimator) / Var(reference) in one cell, by one parameter; above 1 the reference is better",
    "efficiency ratio": "the same of variance times seconds per estimate (work-normalised variance)",
    "oracle": "exact gradient and variance of a cell, from closed forms or integration, without sampling",
    "verdict": "whether all measured numbers are what the oracle says",
    "z": "a difference in standard errors; one right run in a million exceeds the size that is allowed",
    "integrated": "computed by a quadrature rule in place of draws, by the same code",
    "study": "a named preset, for instance a figure of a paper",
    "fit": "a descent",
    "learner": "one estimator with one setting of the optimiser",
    "gap": "F minus its least",
    "law": "what every plug-in of a kind must keep; `check` tries them",
}
ON_PAGES = (  # a page explains those that a reader of the field need not know as they are meant here
    *("oracle", "z", "score", "replicate", "shared draw", "draw per datum", "tied", "untied", "cell"),
    *("reference", "integrated", "learner", "gap", "target"),
)
ANY = "|".join(sorted(map(re.escape, ON_PAGES), key=len, reverse=True))
WORD = re.compile(rf"(?<![\w/-])({ANY})(s?)(?![\w(-]| function)")  # a score function is no score


def meaning(word: str) -> str:
    """What a word means, as plain text."""
    return GLOSSARY[word].replace("`", "")


def table() -> str:
    """All words as a table in Markdown."""
    return markdown.table(("word", "meaning"), [(word, text.replace("|", "\\|")) for word, text in GLOSSARY.items()])


def explained(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of a section, each word of the glossary with its meaning where it stands first.

    In tables names of the code have what they are in words.
    """
    seen: set[str] = set()
    for block in blocks:
        match block:
            case Paragraph(text):
                yield Paragraph(_text(text, seen))
            case Bullets(items):
                yield Bullets([_text(item, seen) for item in items])
            case Table(header, rows):
                cells = [[_named(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
                yield replace(block, header=[_head(column) for column in header], rows=cells)
            case _:
                yield block


def _text(text: Text, seen: set[str]) -> Text:
    pieces = (text,) if isinstance(text, str) else text
    return tuple(cut for piece in pieces for cut in (_pieces(piece, seen) if isinstance(piece, str) else [piece]))


def _pieces(text: str, seen: set[str]) -> Iterator[Piece]:
    """The text, cut at words that were not seen before."""
    begun = 0
    for match in WORD.finditer(text):
        if match[1] not in seen:
            seen.add(match[1])
            yield text[begun : match.start()]
            yield Term(match[0], meaning(match[1]))
            begun = match.end()
    yield text[begun:]


def _named(cell: str) -> Text:
    """A name of the code with its words; what reads as it is stays."""
    words = wording.name(cell)
    return (Term(cell, words),) if "_" in cell and " " not in cell and words != cell else cell


def _head(column: Column) -> Column:
    """The head of a column with what its title means."""
    word = column.title.replace("_", " ")
    told = meaning(word) if word in GLOSSARY else wording.sign(column.title) if "_" in column.title else ""
    return replace(column, meaning=told if told != column.title else "")
