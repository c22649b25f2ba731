"""The contract: what a plug-in of each kind offers, and what a cell of the grid is, as frozen data.

Arrays are float64 and C-contiguous. Shapes use the words of the project: `draws` is always the last, contiguous axis;
`d` is the dimension of y; `k` the number of the family's parameters theta; `evaluations` the number of points a draw at
which f is looked (1 unless an estimator looks elsewhere than at y); `channels` the number of noise channels.
Kernels are functions decorated with `bench.kernels.jit.kernel`; they write to their last argument and return nothing.
"""

from bench.spec.arrays import Component, Derivatives, Floats, Kernel
from bench.spec.cell import Cell, Components, Entropy, Latent, Theta, Variant
from bench.spec.estimator import Estimator, Pilot, Points, Rule, Weight, Weights
from bench.spec.family import Family, Pairs, Parameter
from bench.spec.noise import BaseNoise, Sampler
from bench.spec.objective import MOST_DATA, Batches, Dataset, Form, Objective
from bench.spec.run import Executor, Figure, Kind, Slice

__all__ = [
    "MOST_DATA",
    "BaseNoise",
    "Batches",
    "Cell",
    "Component",
    "Components",
    "Dataset",
    "Derivatives",
    "Entropy",
    "Estimator",
    "Executor",
    "Family",
    "Figure",
    "Floats",
    "Form",
    "Kernel",
    "Kind",
    "Latent",
    "Objective",
    "Pairs",
    "Parameter",
    "Pilot",
    "Points",
    "Rule",
    "Sampler",
    "Slice",
    "Theta",
    "Variant",
    "Weight",
    "Weights",
]
