"""The reference benchmark for Monte Carlo gradient estimators."""

from pathlib import Path

__version__ = "0.2.0"

PACKAGE = Path(__file__).parent  # the source hash, the cache of kernels, the config folder and git's root hang on it
