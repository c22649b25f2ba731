"""The table of peers: of a command of its own, so no sweep has it and no table implies a row."""

from pathlib import Path

from bench.tables.contents import kind_of, tables_in
from bench.tables.peers import PEERS


def test_a_row_is_one_framework_on_one_problem() -> None:
    assert list(PEERS.keys) == ["objective", "estimator", "framework", "variant", "threads", "samples"]
    assert list(PEERS.expected({})) == []


def test_a_folder_of_peers_is_no_sweep(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"kind": "peers"}')
    (tmp_path / "peers.csv").touch()
    assert kind_of(tmp_path) == "peers"
    assert tables_in(tmp_path) == ["peers"]
