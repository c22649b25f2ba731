"""Discovery: what a file must offer to be a plug-in, and what is said where it does not."""

import hashlib
import sys
from pathlib import Path

import pytest

from bench import registry
from bench.errors import BadInput
from bench.registry import Registry

GOOD = '''"""A second name for the serial executor.

More about it.
"""
from bench.spec import Executor

PLUGIN = Executor(name="again", map=map)
'''


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "again.py"


def test_a_file_joins_the_plugins_of_its_kind(file: Path) -> None:
    file.write_text(GOOD)
    catalogue = registry.load([str(file)], kinds=["executor"])
    assert set(catalogue.plugins["executor"]) == {"dask", "serial", "threads", "again"}
    assert catalogue.summaries["executor", "again"] == "A second name for the serial executor."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no PLUGIN; end it with PLUGIN = "),
        ("import no_such_module", "does not import: line 1: ModuleNotFoundError: No module named 'no_such_module'"),
        ("def f(:", "does not import: SyntaxError"),
        ("1 / 0", "does not import: line 1: ZeroDivisionError"),
        ("raise SystemExit(0)", "does not import: line 1: SystemExit: 0"),
        ("PLUGIN = 3", "PLUGIN is a int; allowed: Objective, Estimator, Family, Sampler, Dataset, Executor, Figure"),
        (GOOD.replace("again", "serial"), "the executor 'serial' exists already; give it another name"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(file: Path, text: str, message: str) -> None:
    file.write_text(text)
    with pytest.raises(BadInput) as caught:
        registry.load([str(file)], kinds=["executor"])
    assert str(file) in str(caught.value)
    assert message in str(caught.value)


def test_the_same_file_twice_is_refused(file: Path) -> None:
    file.write_text(GOOD)
    with pytest.raises(BadInput, match="'again' exists already"):
        registry.load([str(file)] * 2, kinds=["executor"])


def test_a_framework_that_a_plug_in_names_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(GOOD)
    assert registry.load([str(file)], kinds=[]).frameworks == set()
    file.write_text(f"from bench.wrap.jax import jax_objective\n{GOOD}")
    monkeypatch.setitem(sys.modules, "jax", sys)
    assert registry.load([str(file)], kinds=[]).frameworks == {"jax"}


def test_the_sources_of_numbers_are_hashed_as_they_were_imported(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that a plug-in imports counts, a figure does not; an edit after the import changes nothing."""
    monkeypatch.syspath_prepend(str(tmp_path))
    helper = tmp_path / "helper_of_again.py"
    helper.write_text("FACTOR = 1.0\n")
    file.write_text(GOOD + "\nimport helper_of_again\n")
    first = registry.load([str(file)], kinds=[])
    of_file, of_helper = (hashlib.sha256(path.read_bytes()).hexdigest() for path in (file, helper))
    assert first.sources > {of_file, of_helper}
    helper.write_text("FACTOR = 1.5\n")
    sys.modules.pop("helper_of_again")
    assert registry.load([str(file)], kinds=[]).sources & {of_file, of_helper} == {of_file}
    sys.modules.pop("helper_of_again")
    figure = tmp_path / "drawn.py"
    figure.write_text('from bench.spec import Figure\nPLUGIN = Figure("drawn", "", "", print, print)\n')
    assert registry.load([str(figure)], kinds=[]).sources == set()


def test_presets_stand_beside_the_plugins() -> None:
    catalogue = registry.load(kinds=["executor"], presets={("study", "smoke"): "Seconds."})
    assert catalogue.summaries["study", "smoke"] == "Seconds."
    executors = {("executor", name) for name in ("dask", "serial", "threads")}
    assert catalogue.summaries.keys() == {("study", "smoke")} | executors


def test_a_field_that_breaks_the_contract_is_named(file: Path) -> None:
    file.write_text(GOOD.replace("map=map", "map=3"))
    with pytest.raises(BadInput) as caught:
        registry.load([str(file)], kinds=[])
    assert str(caught.value) == f"{file}: map is 3; allowed: a function"


@pytest.mark.parametrize("name", ["reinforce", None, []])
def test_an_unknown_name_lists_the_known(plugins: Registry, name: object) -> None:
    with pytest.raises(BadInput) as caught:
        plugins.get("sampler", name)  # type: ignore[arg-type]
    assert str(caught.value) == f"unknown sampler {name!r}; known: antithetic, iid, latin_hypercube, sobol, stratified"


@pytest.mark.parametrize("order", [("drawn", "again"), ("again", "drawn")])
def test_what_a_figure_shares_with_an_estimator_counts_in_any_order(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: tuple[str, str]
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    shared = tmp_path / "shared_by_both.py"
    shared.write_text("FACTOR = 1.0\n")
    file.write_text(GOOD + "\nimport shared_by_both\n")
    figure = 'from bench.spec import Figure\nPLUGIN = Figure("drawn", "", "", print, print)\nimport shared_by_both\n'
    (tmp_path / "drawn.py").write_text(figure)
    sources = registry.load([str(tmp_path / f"{name}.py") for name in order], kinds=[]).sources
    sys.modules.pop("shared_by_both")
    assert sources > {hashlib.sha256(path.read_bytes()).hexdigest() for path in (file, shared)}
    assert len(sources) == 4  # these, and what each of them holds


def test_a_file_that_is_read_at_import_counts_and_what_was_made_of_it(file: Path, tmp_path: Path) -> None:
    """Two files of the same text lead to other numbers where what they read has changed."""
    scale = tmp_path / "scale.json"
    file.write_text(GOOD + f"\nfrom pathlib import Path\nSCALE = float(Path({str(scale)!r}).read_text())\n")

    def sources(content: str) -> set[str]:
        scale.write_text(content)
        return registry.load([str(file)], kinds=[]).sources

    first, spaced, other = sources("1.0"), sources("1.0 "), sources("3.0")
    assert len(first) == len(first | spaced) - 1 == 3  # spaced: another file, the same number
    assert len(first & other) == 1  # the plug-in's own text
    assert sources("1.0") == first
