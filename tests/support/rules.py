"""Estimators of every kind that the contract knows, for the loop and the oracle: some are no gradients of anything."""

from bench import registry
from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.spec import Estimator, Points, Weight, Weights
from tests.support.cases import EXAMPLES, KINDS


@kernel
def weigh_draws(noise, y, theta, phi, f, out):
    """One weight a draw, of f, all slopes, a component of the noise and phi."""
    for i in range(out.shape[1]):
        out[0, i] = phi[0] + f.value[0, i] * noise[0, 0, i]
        for j in range(y.shape[0]):
            out[0, i] += f.slope[0, j, i] * y[j, i]


@kernel
def weigh_parameters(noise, y, theta, phi, f, out):
    """A weight for each parameter."""
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[p, i] = f.value[0, i] * (1.0 + p) + theta[0, p] * y[0, i]


@kernel
def weigh_components(noise, y, theta, phi, f, out):
    """A weight for each component: its slope, and what stands beside it in theta and in the noise."""
    for j in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[j, i] = f.slope[0, j, i] + theta[j % theta.shape[0], 1] * noise[0, j, i] + j


@kernel
def weigh_coordinates(noise, y, theta, phi, f, out):
    """A weight for each component and parameter."""
    k = out.shape[0] // y.shape[0]
    for row in range(out.shape[0]):
        for i in range(out.shape[1]):
            out[row, i] = f.value[0, i] - (1.0 + row) * y[row // k, i] + 0.5 * (row % k)


@kernel
def constant_of_moments(moments, j, phi, out):
    """Of all that moments tell."""
    for p in range(out.size):
        out[p] = phi[0] * (1.0 + j) + moments[0, 0] * moments[1, 1 + p] - moments[1, 0] * moments[0, 1 + p]


@kernel
def place_mirrored(noise, j, theta, phi, x):
    """mu + sigma eps and mu - sigma eps."""
    for i in range(x.shape[1]):
        x[0, i] = theta[0] + theta[1] * noise[0, j, i]
        x[1, i] = theta[0] - theta[1] * noise[0, j, i]


@kernel
def combine_mirrored(noise, j, theta, phi, f, first, out):
    """All of f at both points, and the slope at the second."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += (f.value[0, i] + 0.5 * f.value[1, i]) * noise[0, j, i]
        out[1, i] += f.slope[1, i] * (1.0 + j)


@kernel
def combine_at_y(noise, j, theta, phi, f, first, out):
    """Reads everything there is at y itself."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += f.slope[0, i] + theta[0] * noise[0, j, i]
        out[1, i] += f.curvature[0, i] * theta[1] + 0.01 * f.value[0, i] * noise[0, j, i]


@kernel
def place_beside(noise, j, theta, phi, x):
    """y_j + h and y_j - h."""
    for i in range(x.shape[1]):
        y = theta[0] + theta[1] * noise[0, j, i]
        x[0, i] = y + phi[0]
        x[1, i] = y - phi[0]


@kernel
def combine_differences(noise, j, theta, phi, f, first, out):
    """Central differences for the slope; for sigma the mean of the slopes at both points joins in."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        out[0, i] += (f.value[0, i] - f.value[1, i]) / (2.0 * phi[0])
        out[1, i] += 0.5 * (f.slope[0, i] + f.slope[1, i]) * noise[0, j, i]


@kernel
def place_scaled(noise, j, theta, phi, x):
    """A point that depends on a channel of the rule's own."""
    for i in range(x.shape[1]):
        x[0, i] = theta[0] + theta[1] * noise[0, j, i] * (1.0 + noise[1, j, i])
        x[1, i] = theta[0]


@kernel
def combine_scaled(noise, j, theta, phi, f, first, out):
    """A difference of f, weighed by both channels."""
    if first:
        out[:] = 0.0
    for i in range(out.shape[1]):
        difference = f.value[0, i] - f.value[1, i]
        out[0, i] += difference * noise[0, j, i]
        out[1, i] += difference * noise[1, j, i]


DRAWS = Weight(weigh_draws, ("value", "slope"))
PARAMETERS = Weight(weigh_parameters, ("value",), per="parameter")
COORDINATES = Weight(weigh_coordinates, ("value",), per="coordinate")
COMPONENTS = Weight(weigh_components, ("slope",), per="component")
ESTIMATORS = (
    Estimator("own_of_draws", Weights(score=DRAWS), axes={"scale": (0.5,)}),
    Estimator("own_of_parameters", Weights(score=PARAMETERS)),
    Estimator("own_of_components", Weights(path=COMPONENTS)),
    Estimator("own_on_both", Weights(score=PARAMETERS, path=COMPONENTS)),
    Estimator("own_of_coordinates", Weights(score=COORDINATES)),
    Estimator(
        "own_with_constant",
        Weights(score=COORDINATES, path=COMPONENTS, constant=constant_of_moments),
        axes={"c": (0.75,)},
    ),
    Estimator(
        "mirrored_at_once",
        Points(combine_mirrored, ("value", "slope"), place_mirrored, evaluations=2, at_once=True),
    ),
    Estimator("value_and_slope", Weights(score="value", path="slope")),
    Estimator("terms_and_own", Weights(score="terms", path=DRAWS), axes={"scale": (0.25,)}),
    Estimator("frozen", Weights(score=DRAWS), freeze=lambda pilot: pilot.sample(64)[0].mean(axis=1)[:1]),
    Estimator("points_at_y", Points(combine_at_y, ("value", "slope", "curvature"))),
    Estimator(
        "differences",
        Points(combine_differences, ("value", "slope"), place_beside, evaluations=2),
        axes={"h": (0.125,)},
    ),
    Estimator("scaled", Points(combine_scaled, ("value",), place_scaled, (NORMAL, UNIFORM), evaluations=2)),
)
RULES = registry.load(EXAMPLES, kinds=KINDS)
for estimator in ESTIMATORS:
    RULES.add(estimator, "", "tests/support/rules.py")
