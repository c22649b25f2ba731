"""One check in words: the row, its size beside what is allowed, and both numbers with their quotient."""

from dataclasses import replace

from bench.oracle.checks import Check, against_oracle, checked
from bench.oracle.measured import NONFINITE
from tests.support.sampling import small
from tests.support.streams import CELL


def check(kind: str, exact: float) -> Check:
    return Check(kind, 9.25, (), 0, "pathwise d/dmu", 2.0, exact)


def test_a_check_says_both_numbers_and_their_quotient() -> None:
    words = "pathwise d/dmu: gradient_z = 9.25, allowed 5.5; measured / exact = 2 / 4 = 0.5"
    assert check("gradient_z", 4.0).words(5.5) == words
    assert check("variance_z", 0.0).words(5.5).endswith("; measured / exact = 2 / 0")
    assert check("agreement_z", 4.0).words(5.5).endswith("; one / other = 2 / 4 = 0.5")


def test_a_job_has_three_checks_for_each_of_the_familys_own_parameters() -> None:
    plan, results = small([CELL], ["pathwise"])
    ((job, result),) = results.items()
    checks = list(against_oracle(plan, job, result))
    kinds = ("gradient_z", "variance_z", "bias")
    assert [(c.kind, c.parameter) for c in checks] == [(kind, q) for q in (0, 1) for kind in kinds]
    assert all(c.measured and c.exact for c in checks)
    assert checked(result) == [0, 1]


def test_what_is_not_finite_has_none() -> None:
    _, results = small([CELL], ["pathwise"])
    (result,) = results.values()
    assert checked(replace(result, status=(NONFINITE, *result.status[1:]))) == [1]
