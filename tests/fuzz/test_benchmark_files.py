"""Files of pytest-benchmark as others may write, cut, edit and encode them: `compare` ends as documented, in words."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from bench.compare import benchmarks
from tests.support.command import TOP
from tests.support.compared import record
from tests.support.fuzz import FEW, MANY, hold

FILES = sorted((TOP / "tests" / "support" / "benchmarks").glob("*.json"))
RECORDS = [*(json.loads(file.read_text()) for file in FILES), record({"t.py::a": [1e-3, 1.1e-3, 1.2e-3], "b": [2.0]})]
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp037")
NUMBERS = st.one_of(st.floats(), st.integers(), st.sampled_from([0, -1, 10**400, 1e308, 5e-324, True]))
ODD = st.recursive(
    st.one_of(st.none(), NUMBERS, st.text(), st.text(st.characters(categories=["Cs", "Cc"]))),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=4,
)
REFUSED = ("is no JSON: ", "is JSON, but not of pytest-benchmark")


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in a record with every key or index in it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from places(inner)


@st.composite
def contents(draw: Callable[..., Any]) -> bytes:
    """A real file with some fields gone, twice there or of another kind, in some encoding, perhaps cut."""
    edited = json.loads(json.dumps(draw(st.sampled_from(RECORDS))))
    for _ in range(draw(st.integers(0, 4))):
        if not (spots := list(places(edited))):
            break
        container, key = spots[draw(st.integers(0, len(spots) - 1))]
        action = draw(st.sampled_from(("replace", "replace", "delete", "repeat")))
        if action == "replace":
            container[key] = draw(ODD)
        elif action == "delete":
            del container[key]
        elif isinstance(container, list):
            container.append(container[key])
    text = json.dumps(edited, ensure_ascii=draw(st.booleans()))
    content = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 9)) == 0 else content


def keep(folder: Path, base: bytes, head: bytes, same_machine: bool) -> None:
    """A comparison of two files ends as documented, and what it says can be printed and read."""
    (folder / "base.json").write_bytes(base)
    (folder / "head.json").write_bytes(head)
    page, data = folder / "page.md", folder / "data.json"
    for file in (page, data):
        file.write_text("{}")
    sides = (f"{side}={folder / side}.json" for side in ("base", "head"))
    outcome = hold("compare", *sides, f"same_machine={same_machine}", f"markdown={page}", f"json={data}")
    (outcome.out + outcome.err + page.read_text()).encode()
    if outcome.code == 2:
        assert any(words in outcome.err for words in REFUSED), outcome.err
    else:
        verdict = json.loads(data.read_text(), parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
        assert verdict["exit_code"] == outcome.code
        assert outcome.out.startswith(f"COMPARE {verdict['verdict']}: ")


PAIRS = given(base=contents(), head=contents(), same_machine=st.booleans())


@FEW
@PAIRS
@example(base=b"", head=b"[]", same_machine=True)
@example(base=b"[" * 100_000, head=b"{}", same_machine=False)
def test_any_two_files_are_compared_or_refused_in_words(
    tmp_path: Path, base: bytes, head: bytes, same_machine: bool
) -> None:
    keep(tmp_path, base, head, same_machine)


@pytest.mark.slow
@MANY
@PAIRS
def test_any_two_files_of_many(tmp_path: Path, base: bytes, head: bytes, same_machine: bool) -> None:
    keep(tmp_path, base, head, same_machine)


BELIEVED: dict[str, Callable[[Any], Any]] = {"_mapping": lambda value: value, "_text": lambda value: value}


@pytest.mark.parametrize("name", BELIEVED)
def test_a_reader_that_believes_a_file_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(benchmarks, name, BELIEVED[name])
    first = settings(FEW, max_examples=100, phases=[Phase.generate])  # the shortest such file takes minutes
    believing = first(given(base=contents(), head=contents())(lambda base, head: keep(tmp_path, base, head, True)))
    with pytest.raises((AssertionError, TypeError, UnicodeEncodeError, ExceptionGroup)):
        believing()
