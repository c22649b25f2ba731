import pytest

from bench.drawing import style


@pytest.fixture(autouse=True)
def _project_style():
    """As a report draws."""
    with style.context():
        yield
