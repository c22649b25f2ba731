"""Tables of a run that another is held against."""

import pandas as pd
import pytest

from tests.support import compared


@pytest.fixture
def frames() -> dict[str, pd.DataFrame]:
    return compared.tables()
