from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _double() -> Iterator[None]:
    """In float64, and JAX imported when tests run, not when they are collected."""
    import jax

    with jax.enable_x64(True):
        yield
