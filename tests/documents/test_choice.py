"""The table of how estimators did has a line for each row of the file, with what is biased named."""

from pathlib import Path

from bench.documents.choice import HEADER, choice

COUNTS = "best_seconds,cells_seconds,best_evaluations,cells_evaluations"
FILE = f"""study,objective,estimator,{COUNTS},smallest,median,largest,biased
a,cosine,pathwise,1,2,2,2,1,1,1,False
a,cosine,finite_difference(h=0.1),0,0,1,2,0.51234,2,1234567,True
"""


def test_a_line_for_each_row(tmp_path: Path) -> None:
    (tmp_path / "estimators.csv").write_text(FILE)
    header, _, first, second = choice(tmp_path).splitlines()
    assert header == f"| {' | '.join(HEADER)} |"
    assert first == "| a | cosine | pathwise | 1 of 2 | 2 of 2 | 1 |"
    assert second == "| a | cosine | finite_difference(h=0.1) (biased) |  | 1 of 2 | 2 [0.512, 1.23e6] |"
