"""Local score-function gradient: each term of a separable f times the score of its own component.

Approximates  grad E sum_j f_j(y_j),  y_j ~ p(y_j; theta) independent
With          w_score = f_j(y_j), its own term: the family adds  f_j(y_j) * d log p(y_j; theta)/d theta
Requires      f separable. Dropping the products f_j * score_k, k != j, leaves the mean, since E score_k = 0, and takes
              their variance away. Ranganath, Gerrish, Blei (2014), section 4.1 (Rao-Blackwellisation).
"""

from bench.spec import Cell, Estimator, Weights


def skip(cell: Cell) -> str | None:
    """With one y for all terms there is no local score to take."""
    alone = cell.dimension == 1 and cell.latent == "shared"
    return "needs latent=per_datum, or an objective of several components" if alone else None


PLUGIN = Estimator(
    name="score_function_local",
    rule=Weights(score="terms"),
    skip=skip,
    label="local score function",
    formula=r"\sum_j f_j(y_j)\, \frac{\partial\log\,p(y_j)}{\partial\theta}",
)
