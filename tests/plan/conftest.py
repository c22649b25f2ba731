"""What tests of the plan share."""

from dataclasses import replace
from typing import Any

import pytest

from bench import registry
from bench.config import compose, settings
from bench.plan import cells as plans
from bench.plan.cells import Plan
from tests.support.plans import Build, Theta


@pytest.fixture(scope="module")
def build() -> Build:
    plugins = registry.load()
    compose.store(plugins)
    smoke = settings.check(compose.compose("sweep", ["study=smoke"]), plugins)

    def plan(mu: Theta = (1.0,), sigma: Theta = (0.5, 2.0), **changes: Any) -> Plan:
        return plans.build(replace(smoke, family={"normal": {"mu": mu, "sigma": sigma}}, **changes), plugins)

    return plan
