"""What a command line brings with it: plug-ins of the package and of files, and studies of a folder."""

from pathlib import Path

from bench.config.compose import choices
from bench.config.gathered import gathered
from tests.support.cases import PLUGINS
from tests.support.command import plugin_files


def test_plugins_of_all_files_and_own_studies_are_there(tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "mine.py").write_text("")
    (tmp_path / "study" / "mine.yaml").write_text("# Mine.\nseed: 3\n")
    words = [f"config_dir='{tmp_path}'", plugin_files(PLUGINS / "cubic.py")]
    plugins = gathered("sweep", words, [str(PLUGINS / "mean_field.py")])
    assert {"cubic", "mean_field", "squared_error"} <= plugins.plugins["objective"].keys()
    assert "mine" in choices("study")
    assert {"cubic", "squared_error"} <= set(choices("objective"))


def test_of_another_command_line_nothing_stays(tmp_path: Path) -> None:
    gathered("sweep", [plugin_files(PLUGINS / "cubic.py")])
    assert "cubic" not in gathered("sweep", []).plugins["objective"]
    assert "cubic" not in choices("objective")
