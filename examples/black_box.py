"""A simulator of which nothing is known but its values: waiting times in a queue with one server.

    python -m bench sweep study=smoke 'plugins=[examples/black_box.py]' 'objective=[black_box]' \
        'estimator=[score_function]' 'mu=[0]' 'sigma=[0.5]'

y_j is the logarithm of the time that customer j is served; customers arrive one a time unit. f is how long the last of
`customers` waits, by Lindley's recursion W_j = max(0, W_{j-1} + S_{j-1} - 1). It has kinks, and offers no slopes here:
the score function needs none. Asmussen & Glynn (2007), "Stochastic Simulation", section I.1 and chapter VII.
"""

import numpy as np

from bench.wrap import objective


def waiting_time(y, customers):
    """[draws]: the time that the last customer waits, of log service times y[customers, draws]."""
    waiting = np.zeros(y.shape[1])
    for service in np.exp(y[:-1]):
        waiting = np.maximum(0.0, waiting + service - 1.0)
    return waiting


PLUGIN = objective("black_box", waiting_time, dimension="customers", phi={"customers": 4})
