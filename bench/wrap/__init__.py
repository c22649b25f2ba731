"""Plug-ins made of NumPy, JAX and PyTorch functions: they are called as they are, and nothing of them is compiled."""

from bench.wrap.estimators import estimator
from bench.wrap.jax import jax_objective
from bench.wrap.objectives import objective
from bench.wrap.torch import torch_objective

__all__ = ["estimator", "jax_objective", "objective", "torch_objective"]
