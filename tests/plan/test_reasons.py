"""Why an estimator is not run in a cell: every reason, in words."""

from dataclasses import replace

import pytest

from bench import registry
from bench.plan.reasons import reason
from bench.plan.tiling import MOST_SAMPLES
from bench.registry import Registry
from bench.spec import Cell, Variant
from tests.support.cases import EXAMPLES, KINDS, NORMAL_FAMILY
from tests.support.rules import ESTIMATORS
from tests.support.streams import CELL, PER_DATUM

MEAN_FIELD = replace(CELL, objective=Variant("mean_field"), dataset_size=None, dimension=3, entropy="closed_form")
KL = replace(CELL, objective=Variant("gaussian_kl"), entropy="closed_form")
ANTITHETIC, STRATIFIED = (replace(CELL, sampler=name) for name in ("antithetic", "stratified"))


@pytest.fixture(scope="module")
def plugins() -> Registry:
    """All examples, all kinds of estimators, and a family without a path and without a slope of log q."""
    loaded = registry.load(EXAMPLES, kinds=KINDS)
    for estimator in ESTIMATORS:
        loaded.add(estimator, "", "here")
    parameters = NORMAL_FAMILY.parameters
    lacks = {part: dict.fromkeys(parameters, f"no {part} here") for part in ("path", "slope", "pairs")}
    loaded.add(replace(NORMAL_FAMILY, name="stepped", path=None, slope=None, lacks=lacks), "", "here")
    only_slope = {"slope": lacks["slope"], "pairs": lacks["pairs"]}
    loaded.add(replace(NORMAL_FAMILY, name="slopeless", slope=None, lacks=only_slope), "", "here")
    (channel,) = NORMAL_FAMILY.channels
    bare = replace(channel, mirror=None, quantile=None)
    loaded.add(replace(NORMAL_FAMILY, name="unreflected", channels=(bare,)), "", "here")
    return loaded


REASONS: dict[str, tuple[Cell, str, str]] = {
    "no such latent": (
        replace(PER_DATUM, objective=Variant("cosine", (1.0, 3.0))),
        "pathwise",
        "cosine has no latent=per_datum",
    ),
    "one theta for each of tied components": (
        replace(PER_DATUM, theta=(0.3, (0.5, 1.0, 2.0))),
        "pathwise",
        "tied components share one theta; components=untied takes a value for each",
    ),
    "no path": (replace(CELL, family="stepped"), "pathwise", "stepped has no path: no path here"),
    "the rule declines the family": (replace(CELL, family="stepped"), "minibatch", "takes y for normal"),
    "the estimator declines the cell": (
        CELL,
        "score_function_local",
        "needs latent=per_datum, or an objective of several components",
    ),
    "the sampler declines the channels": (
        replace(CELL, sampler="antithetic", family="unreflected", samples=2),
        "pathwise",
        "antithetic reflects draws, and noise 'normal' has no mirror",
    ),
    "draws without a quantile function": (
        replace(CELL, sampler="sobol", family="unreflected", samples=2),
        "pathwise",
        "sobol places draws by their quantiles, and noise 'normal' has none",
    ),
    "no power of two": (
        replace(CELL, sampler="sobol", samples=10),
        "pathwise",
        "sobol draws 2^m samples, and 10 is no power of 2",
    ),
    "too many components": (
        replace(PER_DATUM, sampler="sobol", dimension=21_202),
        "pathwise",
        "sobol has direction numbers for 21201 components, not for 21202",
    ),
    "no cubes": (
        replace(PER_DATUM, sampler="stratified", samples=9),
        "pathwise",
        "stratified draws m^3 samples in 3 components, and 9 is no such power",
    ),
    "too few samples": (CELL, "score_function_loo", "needs samples >= 2"),
    "dependent draws": (
        replace(ANTITHETIC, samples=4),
        "score_function_loo",
        "takes the draws of an estimate for independent; those of antithetic are not",
    ),
    "all draws dependent": (
        replace(STRATIFIED, samples=4),
        "score_function_loo",
        "takes the draws of an estimate for independent; those of stratified are not",
    ),
    "no multiple": (
        replace(ANTITHETIC, samples=3),
        "pathwise",
        "antithetic draws 2 at a time, and samples=3 is no multiple of it",
    ),
    "too many samples": (
        replace(CELL, samples=MOST_SAMPLES + 1),
        "pathwise",
        f"samples > {MOST_SAMPLES}, the most that an estimate may average",
    ),
    "no terms": (MEAN_FIELD, "score_function_local", "needs the terms of mean_field, which offers none"),
    "no slope of log q": (
        replace(KL, entropy="sticking_the_landing", family="slopeless"),
        "pathwise",
        "entropy=sticking_the_landing needs the slope of log q, and slopeless has none",
    ),
    "no curvature of log q": (
        replace(KL, entropy="monte_carlo"),
        "second_order",
        "entropy=monte_carlo needs the curvature of log q, which no family offers",
    ),
}


@pytest.mark.parametrize("case", REASONS)
def test_every_reason_has_its_words(plugins: Registry, case: str) -> None:
    cell, estimator, words = REASONS[case]
    assert reason(cell, plugins.get("estimator", estimator), plugins) == words


@pytest.mark.parametrize(
    ("cell", "estimator"),
    [
        (CELL, "pathwise"),
        (replace(CELL, family="stepped"), "score_function"),
        (replace(PER_DATUM, theta=(0.3, (0.5, 1.0, 2.0)), components="untied"), "pathwise"),
        (replace(CELL, samples=2), "score_function_loo"),
        (replace(ANTITHETIC, samples=4), "pathwise"),
        (replace(STRATIFIED, samples=7), "pathwise"),
        (replace(STRATIFIED, samples=27, dimension=3), "pathwise"),
        (replace(PER_DATUM, sampler="latin_hypercube", samples=7), "measure_valued"),
        (replace(PER_DATUM, sampler="antithetic", samples=2), "minibatch"),
        (replace(PER_DATUM, sampler="sobol", samples=1), "pathwise"),
        (replace(CELL, samples=MOST_SAMPLES), "pathwise"),
        (replace(KL, family="slopeless"), "pathwise"),
        (replace(KL, family="slopeless", entropy="monte_carlo"), "score_function"),
        (KL, "second_order"),
        (MEAN_FIELD, "differences"),
    ],
)
def test_what_can_be_run_has_no_reason(plugins: Registry, cell: Cell, estimator: str) -> None:
    assert reason(cell, plugins.get("estimator", estimator), plugins) is None
