"""The columns of latents.csv: where a fitted autoencoder with two latent components puts held-out digits.

q_i = N(mu, sigma^2) of each `datum`, a picture of the digit `digit`. Its rows are made in `bench.vae.pictures`.
"""

from bench.tables.schema import Table, counts, numbers, texts

LATENTS = Table(
    name="latents",
    title=None,
    summary="mu and sigma of the two latent components of each held-out digit, where an autoencoder was fitted",
    keys={**counts("dimension samples"), **texts("entropy estimator"), **counts("datum")},
    measured={**counts("digit"), **numbers("mu_1 mu_2 sigma_1 sigma_2")},
    expected=lambda tables: (),
    optional=True,
)
