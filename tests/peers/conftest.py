"""The package's plug-ins, as the processes of `bench peers` find them."""

import pytest

from bench.config.gathered import gathered
from bench.registry import Registry


@pytest.fixture(scope="session")
def known() -> Registry:
    return gathered("sweep", [])
