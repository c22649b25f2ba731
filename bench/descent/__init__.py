"""Stochastic gradient descent with every estimator: many replicates at once, through the kernels that a sweep runs."""
