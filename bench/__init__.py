"""The reference benchmark for Monte Carlo gradient estimators."""

__version__ = "0.1.0"
