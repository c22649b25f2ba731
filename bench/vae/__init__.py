"""A variational autoencoder on digits: what the estimators of the encoder's gradient do in a network, and to learning.

The encoder gives each datum x_i its own q_i = N(mu_i, sigma_i^2), L components; the decoder gives p(x | z). Only the
gradient by mu_i and log sigma_i needs an estimator: the chain rule through the encoder, and the decoder's gradient,
are the same for all. Kingma & Welling (2014), Auto-Encoding Variational Bayes, arXiv 1312.6114; Rezende, Mohamed &
Wierstra (2014), arXiv 1401.4082. `training.run` is the way in; all other modules but `settings`, `digits`, `methods`
and `totals` import JAX, an extra.
"""
