"""A user's file is imported beside all other modules, under a name of its own."""

import sys
from pathlib import Path

import pytest

from bench.errors import BadInput
from bench.registry.files import import_file

GOOD = "PLUGIN = 1\n"


@pytest.mark.parametrize("name", ["missing.py", ".", "text.txt"])
def test_what_is_no_python_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.txt").write_text(GOOD)
    with pytest.raises(BadInput, match=r"^plugins: "):
        import_file(tmp_path / name)


def test_a_file_does_not_hide_a_module_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text(GOOD)
    before = sys.modules["json"]
    import_file(tmp_path / "json.py")
    assert sys.modules["json"] is before
