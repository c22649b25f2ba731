"""Random batches in a sweep and in a descent: what is measured has the noise of draws and that of the batch."""

from dataclasses import replace

import pytest

from bench.engine.case import Case
from bench.errors import BadInput
from bench.laws import forms
from bench.objectives import logistic_regression_minibatch, squared_error_minibatch
from bench.registry import contract
from bench.spec import Batches, Objective
from tests.support.cases import cases, of_own_dimension

NAMES = [squared_error_minibatch.PLUGIN.name, logistic_regression_minibatch.PLUGIN.name]
SEVERAL = [*cases(1), *of_own_dimension()]
FIRST = [next(case for case in SEVERAL if case.cell.objective.name == name) for name in NAMES]


@pytest.mark.parametrize("case", FIRST, ids=NAMES)
def test_the_mean_over_batches_is_f_of_all_data(case: Case) -> None:
    assert forms.mean_over_batches(case) is None
    assert forms.batch_alone_is_read(case) is None


def test_control_a_batch_that_is_not_weighed_and_one_between_batches_are_caught() -> None:
    case = FIRST[0]
    assert case.objective.batches is not None
    of_two = replace(case, cell=replace(case.cell, objective=replace(case.cell.objective, phi=(2.0,))))
    unweighed = replace(case.objective.batches, full=_scaled(case.objective.batches.full))
    assert forms.mean_over_batches(replace(of_two, objective=replace(case.objective, batches=unweighed))) is not None
    coarse = replace(case.objective.batches, count=lambda n, phi: 2)
    assert forms.batch_alone_is_read(replace(case, objective=replace(case.objective, batches=coarse))) is not None


def _scaled(objective: Objective) -> Objective:
    """With 0.1 % more data, as its summary tells them."""
    form = objective.forms["shared"]["collapsed"]
    more = form._replace(summarise=lambda x: form.summarise(x) * (1.001, 1.0, 1.0))
    return replace(objective, forms={**objective.forms, "shared": {"collapsed": more}})


@pytest.mark.parametrize("size", [0.0, 2.5, 6.0, -1.0])
def test_a_batch_of_none_of_the_data_is_refused(size: float) -> None:
    with pytest.raises(BadInput, match=r"batch_size=.* is not allowed; allowed: whole numbers from 1 to .*5"):
        squared_error_minibatch.dimension("shared", 5, (size,))


def test_more_data_than_there_are_is_refused() -> None:
    with pytest.raises(BadInput, match="batch_size=570 is not allowed; allowed: whole numbers from 1 to 569"):
        logistic_regression_minibatch.dimension("shared", 0, (570.0,))


def test_what_the_contract_says_of_batches() -> None:
    plugin = squared_error_minibatch.PLUGIN
    assert plugin.batches is not None
    assert contract.breach(plugin) is None
    full = plugin.batches.full
    for change, words in {
        "axes are none; allowed: those of batches.full and one more, a size of batches": replace(plugin, axes={}),
        "uses_data is False; allowed: True, as of batches.full": replace(plugin, uses_data=False),
        "forms has per_datum; allowed: shared, the forms of batches.full": replace(
            plugin,
            forms={**plugin.forms, "per_datum": plugin.forms["shared"]},
            batches=replace(plugin.batches, full=replace(full, forms={"shared": full.forms["shared"]})),
        ),
        "forms[shared] has a curvature; allowed: none, for batches.full has none": replace(
            plugin, batches=replace(plugin.batches, full=_without_curvature(full))
        ),
        "batches is": replace(plugin, batches="all"),  # type: ignore[arg-type]
        "batches.count is": replace(plugin, batches=Batches(full, lambda n: n)),  # type: ignore[arg-type, misc]
    }.items():
        breach = contract.breach(words)
        assert breach is not None
        assert breach.startswith(change)


def _without_curvature(objective: Objective) -> Objective:
    forms = {name: form._replace(curvature=None) for name, form in objective.forms["shared"].items()}
    return replace(objective, forms={**objective.forms, "shared": forms})
