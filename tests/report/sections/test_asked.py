"""Which sweeps have the question as it was asked."""

from bench.report.sections.asked import asked
from tests.support import synthetic
from tests.support.reports import MANIFEST


def test_other_sweeps_have_no_such_part() -> None:
    tables = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1], latents=["per_datum"])
    assert asked(tables, MANIFEST) == {}
    plain = synthetic.tables(sigma=[1.0], dataset_size=[10], samples=[1], latents=["shared"])
    assert asked(plain, {}) == {}
    assert asked(plain, MANIFEST)["n"] == 10
