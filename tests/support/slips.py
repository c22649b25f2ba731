"""Right plug-ins of every kind, and slips that are planted in them."""

from typing import NamedTuple

ESTIMATOR = '''"""Pathwise by hand."""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.normal import NORMAL
from bench.kernels.uniform import UNIFORM
from bench.spec import Estimator, Points, Weights


@kernel
def combine(noise, j, theta, phi, f, first, out):
    for i in range(out.shape[1]):
        d_mu = f.slope[0, i]
        d_sigma = f.slope[0, i] * noise[0, j, i]
        out[0, i] = d_mu if first else out[0, i] + d_mu
        out[1, i] = d_sigma if first else out[1, i] + d_sigma


PLUGIN = Estimator("mine", Points(combine, needs=("slope",)))
'''

WEIGHT = '''"""The score function by hand, with a frozen baseline."""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Estimator, Weight, Weights


@kernel
def weigh(noise, y, theta, phi, f, out):
    for i in range(out.shape[1]):
        out[0, i] = f.value[0, i] - phi[0]


def freeze(pilot):
    y, _ = pilot.sample(64)
    return pilot.evaluate(y).value.mean()


PLUGIN = Estimator("mine", Weights(score=Weight(weigh, ("value",))), freeze=freeze)
'''

OBJECTIVE = '''"""f(y) = sum_j y_j^2 over two components."""

import numpy as np

from bench.kernels.jit import kernel
from bench.spec import Form, Objective


@kernel
def value(y, data, phi, out):
    for i in range(out.size):
        out[i] = phi[0] * (y[0, i] ** 2 + y[1, i] ** 2)


@kernel
def slope(y, data, phi, out):
    for j in range(2):
        for i in range(y.shape[1]):
            out[j, i] = 2.0 * phi[0] * y[j, i]


def summarise(x):
    return np.zeros(1)


def exact(theta, x, phi):
    return 2 * phi[0] * theta


def dimension(latent, n, phi):
    return 2


PLUGIN = Objective(
    name="mine",
    forms={"shared": {"direct": Form(summarise, value, slope=slope)}},
    dimension=dimension,
    exact={"normal": exact},
    axes={"k": (1.0,)},
    uses_data=False,
)
'''

FAMILY = '''"""Normal with a spread of 1, driven by noise of its own."""

import math

import numpy as np

from bench.kernels.jit import kernel
from bench.kernels.normal import gauss_hermite
from bench.spec import BaseNoise, Family, Parameter


@kernel
def transport(noise, j, theta, y):
    for i in range(y.size):
        y[i] = theta[0] + noise[0, j, i]


@kernel
def score(weight, noise, j, theta, y, first, out):
    for i in range(y.size):
        d_mu = weight[i] * (y[i] - theta[0])
        out[0, i] = d_mu if first else out[0, i] + d_mu


@kernel
def log_density(y, theta, out):
    for i in range(y.size):
        out[i] = -0.5 * (y[i] - theta[0]) ** 2 - 0.5 * math.log(2.0 * math.pi)


def fill(generator, out):
    out[...] = generator.standard_normal(out.shape)


def tabulate(theta):
    return theta


def entropy(theta):
    return 0.5 + 0.5 * math.log(2 * math.pi)


def entropy_gradient(theta):
    return 0.0 * theta


def rule(nodes, breaks=()):
    return gauss_hermite(nodes, breaks)


COIN = BaseNoise("coin", fill, rule)
NONE = {"mu": "not written down here"}
PLUGIN = Family(
    name="mine",
    parameters={"mu": Parameter((1.0,))},
    channels=(COIN,),
    transport=transport,
    score=score,
    log_density=log_density,
    support=(-math.inf, math.inf),
    entropy=entropy,
    entropy_gradient=entropy_gradient,
    tabulate=tabulate,
    lacks={"path": NONE, "slope": NONE, "pairs": NONE},
)
'''

SAMPLER = '''"""Antithetic by hand."""

import numpy as np

from bench.spec import Sampler


def fill(generator, channel, out):
    half = np.empty((*out.shape[:-2], 1, out.shape[-1]))
    channel.fill(generator, half)
    out[..., :1, :] = half
    out[..., 1:, :] = -half


def expand(channel, nodes):
    return np.stack([nodes, -nodes])


def skip(channels, dimension, samples):
    return None if all(channel.name == "normal" for channel in channels) else "-z is no draw of them"


PLUGIN = Sampler("mine", fill, coupled=2, expand=expand, skip=skip)
'''

DATA = '''"""The first squares."""

import numpy as np

from bench.spec import Dataset


def load(dataset_size, start):
    return (start + np.arange(dataset_size or 9.0)) ** 2


PLUGIN = Dataset("mine", load, parameters={"start": 1})
'''

EXECUTOR = '''"""One after the other."""

from bench.spec import Executor


def run(function, items, workers):
    for item in items:
        yield function(item)


PLUGIN = Executor("mine", run, parameters={"workers": 1})
'''

FIGURE = '''"""All variances."""

from matplotlib.figure import Figure as Drawing

from bench.spec import Figure, Slice


def select(tables):
    return Slice(tables["statistics"])


def draw(shown):
    canvas = Drawing()
    canvas.subplots().plot(shown.frame["variance"])
    return canvas


PLUGIN = Figure("mine", "All variances", "In the order of the table.", select, draw)
'''


class Slip(NamedTuple):
    """A right plug-in, the text in it that a slip replaces, and what the line about it says behind the file."""

    right: str
    before: str
    after: str
    line: str


SLIPS = {
    # estimators: a rule of points
    "undecorated": Slip(ESTIMATOR, "@kernel\n", "", "rule.combine is the function combine("),
    "a field that f has not": Slip(
        ESTIMATOR,
        "f.slope[0, i] * noise",
        "f.gradeint[0, i] * noise",
        "combine does not compile: line 17: unknown attribute gradeint; it has value, slope, curvature",
    ),
    "a field that was not asked for": Slip(
        ESTIMATOR, "f.slope[0, i] * noise", "f.value[0, i] * noise", "rule.combine reads f.value, which rule.needs="
    ),
    "a field that was not asked for, by its number": Slip(
        ESTIMATOR, "f.slope[0, i] * noise", "f[2][0, i] * noise", "combine: line 17: index 0 is out of bounds for axis"
    ),
    "a need of another name": Slip(ESTIMATOR, '("slope",)', '("gradient",)', "rule.needs is ('gradient',); allowed: "),
    "no need": Slip(ESTIMATOR, '("slope",)', "()", "rule.needs is empty; allowed: one or more of value, "),
    "too few arguments": Slip(ESTIMATOR, "phi, f, first", "f, first", "rule.combine is the kernel combine(noise, j, "),
    "an index out of bounds": Slip(
        ESTIMATOR, "out[1, i] = d_sigma", "out[2, i] = d_sigma", "combine: line 19: index 2 is out of bounds for axis 0"
    ),
    "an index out of bounds in a subroutine": Slip(
        ESTIMATOR,
        "@kernel\ndef combine(noise, j, theta, phi, f, first, out):\n",
        "@kernel\ndef beyond(out):\n    out[2, 0] = 0.0\n\n\n@kernel\n"
        "def combine(noise, j, theta, phi, f, first, out):\n    beyond(out)\n",
        "combine: writes outside out of shape (2, 8); allowed: ",
    ),
    "untypable": Slip(ESTIMATOR, "noise[0, j, i]\n", 'noise[0, j, i] + "a"\n', "combine does not compile: line 17: "),
    "a name that does not exist": Slip(ESTIMATOR, "d_mu = f", "d_mu = nowhere * f", "combine does not compile: line "),
    "a kernel that raises": Slip(
        ESTIMATOR,
        "        d_mu = f",
        '        if i == 3:\n            raise ValueError("three")\n        d_mu = f',
        "combine: line 17: raises ValueError: three",
    ),
    "a kernel that returns": Slip(
        ESTIMATOR,
        "if first else out[1, i] + d_sigma",
        "if first else out[1, i] + d_sigma\n    return 1.0",
        "combine does not compile: ",
    ),
    "a kernel that prints": Slip(ESTIMATOR, "    for i", '    print("here")\n    for i', "combine: prints 'here here"),
    "writes to its input": Slip(
        ESTIMATOR, "        d_mu = f", "        noise[0, j, i] = 0.0\n        d_mu = f", "combine: writes to its input "
    ),
    "leaves a part unwritten": Slip(
        ESTIMATOR, "range(out.shape[1])", "range(out.shape[1] - 1)", "combine: leaves out[0, 7] unwritten; allowed: "
    ),
    "adds where it has to write": Slip(
        ESTIMATOR, "d_mu if first else out[0, i] + d_mu", "out[0, i] + d_mu", "combine: adds to out where first is True"
    ),
    "writes where it has to add": Slip(
        ESTIMATOR, "d_mu if first else out[0, i] + d_mu", "d_mu", "combine: does not add to out where first is False"
    ),
    "random numbers of its own": Slip(
        ESTIMATOR, "d_mu = f.slope[0, i]", "d_mu = f.slope[0, i] + np.random.normal()", "combine: gives other values "
    ),
    "channels that begin otherwise": Slip(
        ESTIMATOR, '("slope",)', '("slope",), channels=(UNIFORM, NORMAL)', "rule.channels begin otherwise than the "
    ),
    "an index that is out of bounds far out": Slip(
        ESTIMATOR,
        "        d_mu = f",
        "        if noise[0, j, i] > 4.0:\n            out[0, i + 10**9] = 1.0\n        d_mu = f",
        "combine at the ends of its noise: line 17: index 100000000",
    ),
    "a kernel that raises far out": Slip(
        ESTIMATOR,
        "        d_mu = f",
        '        if noise[0, j, i] < -4.2:\n            raise ValueError("far")\n        d_mu = f',
        "combine at the ends of its noise: line 17: raises ValueError: far",
    ),
    "a kernel for a few draws alone": Slip(
        ESTIMATOR,
        "range(out.shape[1])",
        "range(min(100, out.shape[1]))",
        "combine on 640 draws: leaves out[0, 100] unwritten; allowed: ",
    ),
    "several points and no place": Slip(
        ESTIMATOR, '("slope",)', '("slope",), evaluations=3', "rule.evaluations is 3 and rule.place is None; allowed: "
    ),
    "made of a part that no family has": Slip(
        ESTIMATOR, '("slope",)', '("slope",), made_of="paths"', "rule.made_of is 'paths'; allowed: path, slope, pairs,"
    ),
    "an estimator without end": Slip(
        ESTIMATOR, '"mine"', '"mine" * 20', f"name is {'mine' * 20!r}; allowed: a name of ASCII letters, digits and "
    ),
    "a path in a name": Slip(
        ESTIMATOR, '"mine"', '"../mine"', "name is '../mine'; allowed: a name of ASCII letters, digits"
    ),
    "a name with another case": Slip(ESTIMATOR, '"mine"', '"Pathwise"', "the estimator 'pathwise' exists already; "),
    "a reserved name": Slip(
        ESTIMATOR, '"mine"', '"null"', "name is 'null'; allowed: a name of ASCII letters, digits and "
    ),
    "a rule that raises": Slip(
        ESTIMATOR,
        'Points(combine, needs=("slope",))',
        "lambda family: family.gradient",
        "rule(bernoulli) fails: line 22: AttributeError: ",
    ),
    "a skip that raises": Slip(
        ESTIMATOR,
        'needs=("slope",))',
        'needs=("slope",)), skip=lambda cell: cell.sigma',
        "skip: line 22: raises AttributeError: 'Cell' object has no attribute 'sigma'",
    ),
    "a skip without words": Slip(
        ESTIMATOR,
        'needs=("slope",))',
        'needs=("slope",)), skip=lambda cell: False',
        "skip gives False; allowed: a reason in words, or None",
    ),
    # estimators: weights
    "a weight beyond its rows": Slip(WEIGHT, "out[0, i]", "out[1, i]", "weigh: line 12: index 1 is out of bounds for "),
    "a frozen number that is not there": Slip(WEIGHT, "phi[0]", "phi[1]", "weigh: line 12: index 1 is out of bounds "),
    "a pilot that raises": Slip(WEIGHT, "pilot.sample(64)", "pilot.draw(64)", "freeze: line 16: raises AttributeError"),
    "a pilot without numbers": Slip(WEIGHT, ".value.mean()", ".value", "freeze gives "),
    "a baseline that is not finite": Slip(WEIGHT, ".value.mean()", ".value.mean() * np.nan", "freeze gives "),
    "a pilot that counts": Slip(
        WEIGHT,
        "def freeze(pilot):\n    y, _ = pilot.sample(64)\n    return pilot",
        "N = [0]\n\n\ndef freeze(pilot):\n    y, _ = pilot.sample(64)\n    N[0] += 1\n    return N[0] + pilot",
        "freeze gives [",
    ),
    "a baseline that is masked": Slip(
        WEIGHT, "return pilot.evaluate(y).value.mean()", "return np.ma.zeros(1)", "freeze gives masked_array(data=[0.]"
    ),
    # objectives
    "data beyond their end far out": Slip(
        OBJECTIVE,
        "phi[0] * (y",
        "data[100 if y[0, i] > 6.0 else 0] * (y",
        "value at the ends of its noise: line 12: index 100 is out of bounds ",
    ),
    "data that are masked": Slip(OBJECTIVE, "np.zeros(1)", "np.ma.zeros(1)", "summarise gives masked_array(data=[0.]"),
    "an exact gradient that is masked": Slip(
        OBJECTIVE, "return 2 * phi[0] * theta", "return np.ma.array(theta)", "exact gives masked_array("
    ),
    "data beyond their end": Slip(OBJECTIVE, "phi[0] * (", "data[1] * (", "value: line 12: index 1 is out of bounds "),
    "a component too many": Slip(
        OBJECTIVE, "range(2)", "range(3)", "slope: line 19: index 2 is out of bounds for axis"
    ),
    "a value for one draw": Slip(OBJECTIVE, "range(out.size)", "range(1)", "value: leaves out[1] unwritten; allowed: "),
    "an exact gradient of another shape": Slip(
        OBJECTIVE, "2 * phi[0] * theta", "2 * phi[0] * theta[0]", "exact gives array([2., 2.]); allowed: finite "
    ),
    "an exact gradient that raises": Slip(OBJECTIVE, "2 * phi[0]", "2 * phi[1]", "exact: line 27: raises IndexError: "),
    "an exact gradient that is not finite": Slip(OBJECTIVE, "2 * phi[0]", "np.nan", "exact gives array("),
    "an exact gradient for no family": Slip(OBJECTIVE, '"normal": exact', '"gauss": exact', "exact[gauss]: unknown "),
    "a dimension that is no whole number": Slip(
        OBJECTIVE, "return 2\n", "return 2.0\n", "dimension gives 2.0; allowed"
    ),
    "no dimension": Slip(OBJECTIVE, "return 2\n", "return 0\n", "dimension gives 0; allowed: a whole number >= 1"),
    "a dimension that raises": Slip(
        OBJECTIVE, "return 2\n", "return n / 0\n", "dimension: line 31: raises ZeroDivision"
    ),
    "data in two dimensions": Slip(OBJECTIVE, "np.zeros(1)", "np.zeros((1, 1))", "summarise gives array([[0.]]); "),
    "a summary that raises": Slip(OBJECTIVE, "np.zeros(1)", "x[5]", "summarise: line 23: raises IndexError: "),
    "an axis without values": Slip(OBJECTIVE, "(1.0,)", "()", "axes is {'k': ()}; allowed: a mapping from names to "),
    "axes in two cases": Slip(OBJECTIVE, '"k": (1.0,)', '"k": (1.0,), "K": (2.0,)', "axes has 'k' in two cases; "),
    # families
    "noise beyond its channels": Slip(
        FAMILY, "noise[0, j, i]", "noise[1, j, i]", "transport: line 15: index 1 is out "
    ),
    "a score of a second parameter": Slip(
        FAMILY,
        "        out[0, i] = d_mu",
        "        out[1, i] = d_mu\n        out[0, i] = d_mu",
        "score: line 22: ",
    ),
    "a density for half of the draws": Slip(
        FAMILY,
        "for i in range(y.size):\n        out[i] =",
        "for i in range(y.size // 2):\n        out[i] =",
        "log_density: leaves out[4] unwritten",
    ),
    "noise that is not filled": Slip(
        FAMILY,
        "out[...] = generator.standard_normal(out.shape)",
        "out[0] = generator.standard_normal(out[0].shape)",
        "fill: leaves out[",
    ),
    "noise of no generator": Slip(
        FAMILY, "generator.standard_normal(", "np.random.standard_normal(", "fill: gives other values for the "
    ),
    "noise that is returned": Slip(
        FAMILY, "out[...] = ", "return ", "fill gives a ndarray of shape (2, 1, 1, 8); allowed: None"
    ),
    "a table without theta": Slip(
        FAMILY, "return theta\n", "return 2 * theta\n", "tabulate gives array([2.]); allowed"
    ),
    "an entropy that raises": Slip(
        FAMILY, "math.log(2 * math.pi)", "math.log(0)", "entropy: line 40: raises ValueError: "
    ),
    "weights of a rule that sum to 2": Slip(
        FAMILY,
        "return gauss_hermite(nodes, breaks)",
        "x, w = gauss_hermite(nodes, breaks)\n    return x, 2 * w",
        "rule gives (array(",
    ),
    "a value outside its domain": Slip(
        FAMILY, "Parameter((1.0,))", "Parameter((-1.0,), low=0.0)", "parameters[mu].values has -1"
    ),
    "a support that is empty": Slip(
        FAMILY, "(-math.inf, math.inf)", "(1.0, 0.0)", "support is (1.0, 0.0); allowed: a pair "
    ),
    "no reason for a lack": Slip(FAMILY, '"path": NONE, ', "", "path is None; allowed: a reason in lacks['path'] for "),
    # samplers
    "half of the draws": Slip(SAMPLER, "    out[..., 1:, :] = -half\n", "", "fill: leaves out[0, 0, 1, 0] unwritten; "),
    "a sampler that raises": Slip(SAMPLER, "channel.fill(", "channel.draw(", "fill: line 10: raises AttributeError: "),
    "draws coupled in threes": Slip(
        SAMPLER, "coupled=2", "coupled=3", "coupled is 3; allowed: 1, 2, 4, 8; or estimate"
    ),
    "draws that are not finite": Slip(SAMPLER, "= -half", "= np.inf", "fill: gives inf; allowed: finite numbers"),
    "nodes of another shape": Slip(SAMPLER, "np.stack([nodes, -nodes])", "nodes", "expand gives a ndarray of shape ("),
    # datasets
    "a file that is not there": Slip(
        DATA,
        "    return (start",
        '    open("nowhere.csv")\n    return (start',
        "load: line 9: raises FileNotFoundError: ",
    ),
    "data of another size": Slip(
        DATA, "dataset_size or 9.0", "3.0", "load gives array([1., 4., 9.]); allowed: an array"
    ),
    "data with a hole": Slip(
        DATA, "** 2", "* np.nan", "load gives array([nan, nan, nan, nan, nan]); allowed: an array "
    ),
    "data as text": Slip(
        DATA, "return (start", 'return ["1", "2"]\n    return (start', "load gives ['1', '2']; allowed"
    ),
    "a parameter that it does not take": Slip(
        DATA, '{"start": 1}', '{"begin": 1}', "load does not take (dataset_size, "
    ),
    "a parameter called name": Slip(
        DATA, '{"start": 1}', '{"name": 1}', "parameters is {'name': 1}; allowed: a mapping"
    ),
    "data with a mask": Slip(
        DATA,
        "    return (start",
        "    return np.ma.array(np.ones(dataset_size), mask=True)\n    return (start",
        "load gives masked_array(data=[--, --, --, --, --]",
    ),
    "data as a matrix": Slip(
        DATA, "    return (start", "    return np.ones(5).view(np.matrix)\n    return (start", "load "
    ),
    "data that interrupt": Slip(
        DATA,
        "    return (start",
        "    raise KeyboardInterrupt\n    return (start",
        "load: line 9: raises KeyboardInterrupt: no message",
    ),
    # executors
    "results that are edited": Slip(
        EXECUTOR,
        "        yield function(item)",
        "        number, arrays = function(item)\n        yield number, [1.01 * array for array in arrays]",
        "map changes the result of item 0; allowed: to give it as it is",
    ),
    "results that are edited later": Slip(
        EXECUTOR,
        "        yield function(item)",
        "        number, arrays = function(item)\n        yield number, arrays\n        arrays[1][0] = 0.0",
        "map changes the result of item 0; allowed: to give it as it is",
    ),
    "a result too few": Slip(EXECUTOR, "in items:", "in items[1:]:", "run gives the result of item 1 in place 0 of 5 "),
    "results in another order": Slip(
        EXECUTOR, "in items:", "in items[::-1]:", "run gives the result of item 4 in place"
    ),
    "an executor that raises": Slip(EXECUTOR, "yield function(item)", "yield item.run()", "run: line 8: raises "),
    "an executor that gives nothing": Slip(
        EXECUTOR, "yield function(item)", "function(item)", "run: raises TypeError: "
    ),
    # figures
    "a path in a figure's name": Slip(FIGURE, '"mine"', '"../../x"', "name is '../../x'; allowed: a name of ASCII "),
    "select that raises": Slip(
        FIGURE, '["statistics"]', '["variances"]', "select: line 9: raises KeyError: 'variances'"
    ),
    "select that gives a frame": Slip(FIGURE, 'Slice(tables["statistics"])', 'tables["statistics"]', "select gives "),
    "draw that raises": Slip(FIGURE, '"variance"', '"spread"', "draw: line 14: raises KeyError: 'spread'"),
    "draw that gives nothing": Slip(FIGURE, "    return canvas\n", "", "draw gives None; allowed: a matplotlib Figure"),
    "text that cannot be set": Slip(
        FIGURE,
        "    return canvas",
        '    canvas.text(0, 0, r"$\\nosuch{$")\n    return canvas',
        "the figure mine cannot be drawn: ValueError: ",
    ),
    "draw that leaves": Slip(
        FIGURE, "    return canvas", "    raise SystemExit(0)", "draw: line 15: raises SystemExit: 0"
    ),
    "a title of two lines": Slip(
        FIGURE, '"All variances"', '"All\\nvariances"', "title is 'All\\nvariances'; allowed: "
    ),
    # files
    "no Python": Slip(DATA, "import Dataset", "import", "does not import: SyntaxError: "),
    "an import that raises": Slip(
        DATA, "PLUGIN = ", "1 / 0\nPLUGIN = ", "does not import: line 12: ZeroDivisionError: "
    ),
    "an import that leaves": Slip(DATA, "PLUGIN = ", "raise SystemExit(0)\nPLUGIN = ", "does not import: line 12: "),
    "a class for a plug-in": Slip(
        DATA, 'Dataset("mine", load, parameters={"start": 1})', "Dataset", "PLUGIN is a type; "
    ),
}
