"""What a study repeats of others' work: the source, its setting, what it claims, and the numbers that it gives.

    published:
      source: Who (when), what, where in it
      setting: the objective, theta and draws there, in words
      claims:
        - {says: pathwise varies less for mu, lower: pathwise, than: score_function, where: {parameter: mu}}
        - {says: no estimator is best for all}    # nothing to compare: a qualitative claim
      numbers:
        - {variance: 6.45, replicates: 100, estimator: score_function, parameter: mu, samples: 10}

A claim of `lower` and `than` is of the variances of two estimators wherever the keys of `where` are met, a number of
all rows that have its other keys; `replicates` are the estimates whose variance the source gives, where it is measured.
The report says beside each what this run has.
"""

from collections.abc import Mapping
from typing import Any

from bench.config.checks import bad, real, text, whole
from bench.errors import unknown

PLACES = (
    *("objective", "variant", "latent", "family", "theta", "components", "entropy", "data", "sampler", "estimator"),
    *("parameter", "mu", "sigma", "dataset_size", "samples", "dimension"),
)  # columns of statistics.csv that say where a row is
KEYS = {"source": text, "setting": text}
NUMBER = ("variance", "replicates")  # of a number, beside its place
CLAIM = ("says", "lower", "than", "where")


def published(value: Any) -> Mapping[str, Any] | None:
    """What a study says of its source; BadInput names the key. None of a study of our own."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise bad("published", value, "null, or keys below it: source, setting, claims, numbers")
    for key in value:
        if key not in (*KEYS, "claims", "numbers"):
            raise unknown("key", f"published.{key}", [f"published.{name}" for name in (*KEYS, "claims", "numbers")])
    for key, check in KEYS.items():
        check(f"published.{key}", value.get(key))
    for i, claim in enumerate(_list(value, "claims")):
        _require_claim(f"published.claims[{i}]", claim)
    for i, number in enumerate(_list(value, "numbers")):
        key = f"published.numbers[{i}]"
        if not isinstance(number, Mapping) or "variance" not in number:
            raise bad(key, number, "a variance and where it is: {variance: 87, estimator: score_function}")
        real(f"{key}.variance", number["variance"])
        whole(f"{key}.replicates", number.get("replicates", 2), 2)
        _require_places(key, {name: place for name, place in number.items() if name not in NUMBER})
    return value


def _list(value: Mapping[str, Any], key: str) -> Any:
    several = value.get(key) or []
    if not isinstance(several, list | tuple):
        raise bad(f"published.{key}", several, "a list")
    return several


def _require_claim(key: str, claim: Any) -> None:
    if not isinstance(claim, Mapping):
        raise bad(key, claim, "what it says, and where it can be compared lower and than: two estimators")
    for name in claim:
        if name not in CLAIM:
            raise unknown("key", f"{key}.{name}", [f"{key}.{name}" for name in CLAIM])
    text(f"{key}.says", claim.get("says"))
    if ("lower" in claim) != ("than" in claim):
        raise bad(key, claim, "lower and than, or neither")
    for name in ("lower", "than"):
        if name in claim:
            text(f"{key}.{name}", claim[name])
    _require_places(key, claim.get("where") or {})


def _require_places(key: str, places: Any) -> None:
    if not isinstance(places, Mapping):
        raise bad(f"{key}.where", places, "keys of statistics.csv with their values")
    for name in places:
        if name not in PLACES:
            raise unknown("key", f"{key}.{name}", [f"{key}.{place}" for place in PLACES])
