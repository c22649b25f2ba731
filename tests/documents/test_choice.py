"""The table of how estimators did has a line for each row of the file, with what is biased named."""

from pathlib import Path

from bench.documents.choice import HEADER, choice

FILE = """study,objective,estimator,least,cells,smallest,median,largest,evaluations,biased
a,cosine,pathwise,1,2,1,1,1,,False
a,cosine,finite_difference(h=0.1),1,2,0.51234,2,1234567,8.25,True
"""


def test_a_line_for_each_row(tmp_path: Path) -> None:
    (tmp_path / "estimators.csv").write_text(FILE)
    header, _, first, second = choice(tmp_path).splitlines()
    assert header == f"| {' | '.join(HEADER)} |"
    assert first == "| a | cosine | pathwise | 1 of 2 | 1 |  |"
    assert second == "| a | cosine | finite_difference(h=0.1) (biased) | 1 of 2 | 2 [0.512, 1.23e6] | 8.25 |"
