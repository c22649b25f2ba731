"""Supplies: a worker has the user's files where they lie, or laid out alike, and says what is not the same."""

import contextlib
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import registry
from bench.cluster import supplies as supplies_module
from bench.cluster.supplies import KINDS, Loader, Supplies, supplies_of
from bench.registry import Registry

PLUGIN = '''"""f(y) = slope * y, its slope read beside it and in the working folder, and doubled by a module."""

from pathlib import Path

from bench.wrap import objective
from doubling_of_a_test import double

NUMBER = double(float(Path("here.txt").read_text()) + float(Path(__file__).with_name("beside.txt").read_text()))

PLUGIN = objective("sloping", lambda y: NUMBER * y[0])
'''


def forget() -> None:
    """As in a process that has imported nothing of the user's yet."""
    for name in ("doubling_of_a_test", "bench_plugin_sloping"):
        sys.modules.pop(name, None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder with a plug-in of three files; what is imported of them goes again."""
    work = tmp_path / "work"
    (work / "mine").mkdir(parents=True)
    (work / "mine" / "sloping.py").write_text(PLUGIN)
    (work / "mine" / "beside.txt").write_text("1")
    (work / "here.txt").write_text("2")
    (work / "doubling_of_a_test.py").write_text("def double(x):\n    return 2 * x\n")
    monkeypatch.chdir(work)
    monkeypatch.setattr(sys, "path", [str(work), *sys.path])
    yield work
    forget()


def told(folder: Path) -> Supplies:
    """As they come out at the other end, where nothing of them is imported yet."""
    sent = pickle.loads(pickle.dumps(supplies_of(registry.load(["mine/sloping.py"], KINDS))))
    forget()
    sys.path.remove(str(folder))
    return sent  # type: ignore[no-any-return]


def test_files_that_lie_there_are_taken(folder: Path) -> None:
    loaded = Loader().load(told(folder))
    assert (loaded.root, loaded.differences) == ("", ())
    assert loaded.registry.files == {("objective", "sloping"): "mine/sloping.py"}
    assert sys.modules["bench_plugin_sloping"].NUMBER == 6


def test_files_that_do_not_are_written_as_they_lay(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = told(folder)
    assert {Path(file).name for file in sent.files} == {"sloping.py", "beside.txt", "here.txt", "doubling_of_a_test.py"}
    monkeypatch.chdir(tmp_path)
    folder.rename(tmp_path / "elsewhere")
    loader = Loader()
    loaded = loader.load(sent)
    assert loaded.root
    assert loaded.differences == ()
    assert sys.modules["bench_plugin_sloping"].NUMBER == 6
    assert Path(sys.modules["doubling_of_a_test"].__file__ or "").is_relative_to(loaded.root)
    assert Path.cwd() == tmp_path


def test_a_second_load_has_the_files_of_its_own(folder: Path) -> None:
    sent, loader = told(folder), Loader()
    loader.load(sent)
    sys.path.insert(0, str(folder))
    (folder / "doubling_of_a_test.py").write_text("def double(x):\n    return 3.0 * x\n")
    forget()
    edited = told(folder)
    assert loader.load(edited).differences == ()
    assert sys.modules["bench_plugin_sloping"].NUMBER == 9


@contextlib.contextmanager
def another(monkeypatch: pytest.MonkeyPatch, **changes: object) -> Iterator[None]:
    real = supplies_module.deciding
    with monkeypatch.context() as patch:
        patch.setattr(supplies_module, "deciding", lambda plugins: real(plugins) | changes)
        yield


def test_what_differs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = supplies_of(Registry())
    with another(monkeypatch, sources="f" * 64, processor="zen9 0123", versions={"numpy": "1.0"}):
        differences = Loader().load(sent).differences
    assert f"sources {sent.deciding['sources'][:12]} here, ffffffffffff there" in differences
    assert f"numpy {sent.deciding['versions']['numpy']} here, 1.0 there" in differences
    assert f"processor {sent.deciding['processor']} here, zen9 0123 there" in differences
    assert Loader().load(sent).differences == ()


def test_edited_data_differ(folder: Path) -> None:
    sent = told(folder)
    (folder / "here.txt").write_text("2")  # the same
    assert Loader().load(sent).differences == ()
    forget()
    edited = {file: b"5" if file.endswith("here.txt") else content for file, content in sent.files.items()}
    loaded = Loader().load(Supplies(sent.plugins, edited, sent.folder, sent.modules, sent.deciding))
    (difference,) = loaded.differences
    assert difference.startswith("plug-ins ")
