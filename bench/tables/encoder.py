"""The columns of encoder.csv: total variances of the gradient of an autoencoder's encoder at checkpoints of a fit.

Per `datum`, the mean trace over a batch of the gradient by (mu_i, log sigma_i); per `weights`, the trace of that by all
weights of the encoder. `replicates` gradients of the same draws for all estimators, `batch` data, K = `samples`; ratios
are to pathwise, closed_form. Its rows are made in `bench.vae.training`.
"""

from bench.tables.schema import Table, counts, numbers, texts

FEWEST = 10  # fits whose ELBOs have a 10 % and a 90 % quantile; of fewer they are the least and the largest

ENCODER = Table(
    name="encoder",
    title=None,
    summary="total variances of the encoder's gradient at checkpoints of a fit, where an autoencoder was fitted",
    keys={**texts("objective variant entropy estimator per"), **counts("samples dimension step")},
    measured={
        **counts("batch replicates"),
        **numbers("variance variance_low variance_high variance_ratio variance_ratio_low variance_ratio_high"),
    },
    expected=lambda tables: (),
    optional=True,
)
