"""A worker does the first item alone and times the others, tells errors as the client does, and refuses to differ."""

import pickle
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bench.cluster import worker
from bench.cluster.parcel import packed
from bench.cluster.supplies import Loaded, supplies_of
from bench.errors import BadInput
from bench.registry import Registry


@pytest.fixture(autouse=True)
def anew() -> None:
    worker._loaded.cache_clear()
    worker._ready.cache_clear()


SUPPLIES = supplies_of(Registry())


def test_items_are_done_in_order_and_those_that_linked_nothing_timed() -> None:
    sent, function = pickle.dumps(SUPPLIES), packed(abs, Registry())
    alone = worker.run(sent, function, pickle.dumps([-3]))
    assert (alone.results, alone.item_s) == ([3], None)  # it linked
    several = worker.run(sent, function, pickle.dumps([-1, -2]))
    assert several.results == [1, 2]
    assert several.item_s is not None
    assert several.item_s > 0


def test_one_thread_links_and_the_others_wait() -> None:
    together, most = [], 0

    def work(item: int) -> int:
        nonlocal most
        together.append(item)
        most = max(most, len(together) if not ready.linked else 1)
        time.sleep(0.01)
        together.pop()
        return item

    ready = worker.Ready(work)
    threads = [threading.Thread(target=ready.run, args=([item],)) for item in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_a_worker_that_came_later_is_refused_too() -> None:
    other = replace(SUPPLIES, deciding=SUPPLIES.deciding | {"sources": "0" * 64})
    sent = pickle.dumps(other)
    (difference,) = worker.differences(sent)
    assert difference.startswith("sources 000000000000 here, ")
    with pytest.raises(BadInput, match="executor: a worker differs in what decides digits: sources 000000000000 here"):
        worker.run(sent, packed(abs, Registry()), pickle.dumps([1]))


def failing(item: int) -> None:
    raise BadInput("plugins: /somewhere/folder/mine.py: value: line 3: raises ZeroDivisionError")


def test_an_error_names_the_file_as_it_is_on_the_client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(worker, "_loaded", lambda sent: Loaded(Registry(), "/somewhere", ()))
    monkeypatch.setattr(worker, "_ready", lambda *sent: worker.Ready(failing))
    with pytest.raises(BadInput, match=r"^plugins: /folder/mine\.py: value: line 3: raises ZeroDivisionError$"):
        worker.run(b"", b"", pickle.dumps([1]))
