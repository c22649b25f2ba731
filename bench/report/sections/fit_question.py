"""What a fit was asked, and over which settings."""

from bench.drawing.learners import in_words
from bench.markup.blocks import Block, Heading, Paragraph
from bench.markup.numbers import number
from bench.report.sections.learners import constants, count_of, varying, word
from bench.report.sections.phrases import Tables


def fit_question(tables: Tables) -> list[Block]:
    """What was asked, what all learners share and what they differ in."""
    frame = tables["curves"]
    axes = []
    for key in ("estimator", *varying(frame)):
        values = frame[key].dropna().unique()
        words = [word(value) or "none" if isinstance(value, str) else number(value) for value in values]
        axes.append(f"{in_words(key)} {', '.join(words)}")
    learners = int((frame["step"] == 0).sum())
    replicates = "replicate" if frame["replicates"].max() == 1 else "replicates"
    text = (
        "Descent on F along stochastic gradients, a run of it with each estimator, all on common draws. Where does it "
        "end, how fast does it come there, and which estimator is there first? "
        f"{count_of(learners)} of {number(frame['replicates'].max())} {replicates} and "
        f"{number(frame['step'].max())} steps each: {'; '.join(axes)}. In common: {constants(frame)}."
    )
    return [Heading(2, "What was asked"), Paragraph(text)]
