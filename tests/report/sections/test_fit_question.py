"""What a fit was asked is read off its curves."""

from bench.markup.blocks import Paragraph
from bench.report.sections.fit_question import fit_question
from tests.support import learned


def test_learners_are_counted_and_what_they_differ_in_is_listed() -> None:
    _, text = fit_question(learned.tables(optimiser=["sgd", "adam"]))
    assert isinstance(text, Paragraph)
    words = str(text.text)
    assert "8 learners of 20 replicates and 100 steps each" in words
    assert "estimator pathwise, score function; optimiser SGD, Adam; samples 1, 10." in words
    assert words.count("squared error") == 1
