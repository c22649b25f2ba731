"""Exact variances without sampling (`quadrature`), measured numbers beside exact ones, their rows and the verdict.

The exact gradient is its objective's own: `exact` in `objectives/`.
"""
