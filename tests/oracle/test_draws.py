"""Single draws: the same noise for both estimators, with the mean and the variance that theory gives; all in bins."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bench.config import compose, settings
from bench.oracle import draws, gradients
from bench.plan import cells
from bench.registry import Registry
from bench.tables.schema import Row

WORDS = ("study=smoke", "mu=[1.0]", "sigma=[2.0]", "dataset_size=[5]", "latent=[shared]")


def frame(plugins: Registry, *words: str, seed: int = 0) -> pd.DataFrame:
    compose.store(plugins)
    chosen = settings.check(compose.compose("sweep", [*WORDS, *words]), plugins)
    return pd.DataFrame(draws.rows(gradients.centred(cells.build(chosen, plugins)), seed))


@pytest.fixture(scope="module")
def made(plugins: Registry) -> pd.DataFrame:
    return frame(plugins)


@pytest.fixture(scope="module")
def singles(plugins: Registry) -> dict[tuple[str, str], Any]:
    """The draws that are counted: of f, and of each gradient by estimator and parameter."""
    values: dict[tuple[str, str], Any] = {}

    def kept(row: Row, numbers: Any, *_: Any) -> Iterator[Row]:
        values[row["estimator"], row["parameter"]] = numbers
        yield row

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draws, "_bins", kept)
        frame(plugins)
    return values


def test_every_draw_is_in_a_bin_and_both_estimators_share_them(made: pd.DataFrame) -> None:
    groups = dict(list(made.groupby(["estimator", "parameter"], sort=False)))
    names = [(name, parameter) for parameter in ("mu", "sigma2") for name in ("pathwise", "score_function")]
    assert [*groups] == [("", ""), *names]
    assert {(len(rows), rows["count"].sum()) for rows in groups.values()} == {(draws.BINS, draws.COUNT)}
    for parameter in ("mu", "sigma2"):
        path, score = (groups[name, parameter] for name in ("pathwise", "score_function"))
        assert np.array_equal(path[["low", "high"]], score[["low", "high"]])
        assert np.array_equal(path["low"].iloc[1:], path["high"].iloc[:-1])


def test_both_estimators_agree_with_the_exact_gradient(made: pd.DataFrame, singles: dict[tuple[str, str], Any]) -> None:
    rows = made[made["estimator"] != ""].drop_duplicates(["estimator", "parameter"])
    for row in rows.to_dict("records"):
        values = singles[row["estimator"], row["parameter"]]
        assert row["variance"] == values.var(ddof=1)
        error = values.std() / np.sqrt(draws.COUNT)
        assert abs(values.mean() - row["exact_gradient"]) < 5 * error
    assert rows[rows["parameter"] == "sigma2"]["exact_gradient"].iloc[0] == pytest.approx(5, rel=1e-9)


def test_the_pathwise_gradient_is_f_s_slope_draw_by_draw(singles: dict[tuple[str, str], Any]) -> None:
    """f = n (y - xbar)^2 + n s2, so that f' = 2 sqrt(n (f - n s2)) up to its sign."""
    offset = singles["", ""] - singles["pathwise", "mu"] ** 2 / (4 * 5)
    np.testing.assert_allclose(offset, offset.mean(), rtol=1e-9)


def test_the_seed_decides_and_where_there_is_no_gradient_of_a_draw_there_are_none(
    made: pd.DataFrame, plugins: Registry
) -> None:
    pd.testing.assert_frame_equal(frame(plugins), made)
    assert not np.allclose(frame(plugins, seed=1)["low"].astype(float), made["low"].astype(float))
    assert frame(plugins, "components=[untied]").empty
    assert frame(plugins, "estimator=[pathwise,score_function_loo]").empty
    assert frame(plugins, "objective=[squared_error_minibatch]").empty
