"""Single draws: the same noise for both estimators, with the mean and the variance that theory gives."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from bench.config import compose, settings
from bench.oracle import draws, gradients
from bench.plan import cells
from bench.registry import Registry

WORDS = ("study=smoke", "mu=[1.0]", "sigma=[2.0]", "dataset_size=[5]", "samples=[1]", "latent=[shared]")


def frame(plugins: Registry, *words: str, seed: int = 0) -> pd.DataFrame:
    chosen = settings.check(compose.compose("sweep", [*WORDS, *words]), plugins)
    return pd.DataFrame(draws.rows(gradients.centred(cells.build(chosen, plugins)), seed))


@pytest.fixture(scope="module")
def made(plugins: Registry) -> pd.DataFrame:
    compose.store(plugins)
    return frame(plugins)


def gradient(made: pd.DataFrame, estimator: str, parameter: str) -> Any:
    rows = made[(made["estimator"] == estimator) & (made["parameter"] == parameter)]
    assert len(rows) == draws.COUNT
    return rows


def test_both_estimators_see_the_same_f_and_agree_with_the_exact_gradient(made: pd.DataFrame) -> None:
    assert set(made["estimator"]) == {"pathwise", "score_function"}
    assert set(made["parameter"]) == {"mu", "sigma2"}
    for parameter in ("mu", "sigma2"):
        path, score = (gradient(made, name, parameter) for name in ("pathwise", "score_function"))
        np.testing.assert_array_equal(path["f"], score["f"])
        for rows in (path, score):
            error = rows["gradient"].std() / np.sqrt(draws.COUNT)
            assert abs(rows["gradient"].mean() - rows["exact_gradient"].iloc[0]) < 5 * error
    assert gradient(made, "pathwise", "sigma2")["exact_gradient"].iloc[0] == pytest.approx(5, rel=1e-9)


def test_the_pathwise_gradient_is_f_s_slope_draw_by_draw(made: pd.DataFrame) -> None:
    """f = n (y - xbar)^2 + n s2, so that f' = 2 sqrt(n (f - n s2)) up to its sign."""
    path = gradient(made, "pathwise", "mu")
    offset = path["f"] - path["gradient"] ** 2 / (4 * 5)
    np.testing.assert_allclose(offset, offset.mean(), rtol=1e-9)


def test_the_seed_decides_and_untied_components_have_none(made: pd.DataFrame, plugins: Registry) -> None:
    pd.testing.assert_frame_equal(frame(plugins), made)
    assert not np.allclose(frame(plugins, seed=1)["f"].astype(float), made["f"].astype(float))
    assert frame(plugins, "components=[untied]").empty
