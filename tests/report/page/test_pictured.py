"""Which picture stands beside which answer."""

import numpy as np

from bench.report.page.headline import AGREE, COSTS, VARIES, answers
from bench.report.page.pictured import pictures
from bench.report.page.sigma2 import DESCENDS, WHY
from tests.support import synthetic
from tests.support.reports import MANIFEST


def test_every_answer_of_a_sweep_has_its_picture_and_without_rows_there_is_none() -> None:
    tables = synthetic.tables(sigma=[0.3, 1.0], dataset_size=[1, 10], samples=[1])
    judged = MANIFEST["verdict"]
    assert {*pictures(tables, judged)} == {*answers(tables, judged)} == {AGREE, VARIES, COSTS, WHY, DESCENDS}
    assert sum(map(len, pictures(tables, judged).values())) < 20_000
    none = {name: frame.head(0) for name, frame in tables.items()}
    assert pictures(none, judged) == {}
    assert AGREE not in pictures(tables | {"statistics": tables["statistics"].assign(gradient_z=np.nan)}, judged)
