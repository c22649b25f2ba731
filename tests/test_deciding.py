"""What decides digits: the same in every process alike, another where sources, versions or the processor are."""

import llvmlite.binding
import pytest

from bench import deciding, provenance, registry


def test_what_numbers_come_from_besides_is_among_the_versions_and_in_the_fingerprint() -> None:
    without, with_jax = registry.Registry(), registry.Registry(frameworks={"jax"})
    names = deciding.versions(with_jax).keys() - deciding.versions(without).keys()
    assert names == {"jax", "jaxlib"}
    assert provenance.fingerprint(with_jax) != provenance.fingerprint(without)


def test_two_processors_of_one_name_do_not_share_a_journal(
    plugins: registry.Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = deciding.compiler_target(), provenance.fingerprint(plugins)
    assert (deciding.compiler_target(), provenance.fingerprint(plugins)) == before
    features = llvmlite.binding.get_host_cpu_features()
    features["another"] = True
    monkeypatch.setattr(llvmlite.binding, "get_host_cpu_features", lambda: features)
    assert deciding.compiler_target() != before[0]
    assert provenance.fingerprint(plugins) != before[1]
    monkeypatch.undo()
    monkeypatch.setattr(llvmlite.binding, "get_host_cpu_name", lambda: "another")
    assert provenance.fingerprint(plugins) != before[1]


def test_the_compilers_settings_decide_and_where_it_keeps_kernels_does_not(
    plugins: registry.Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = deciding.deciding(plugins)
    monkeypatch.setenv("NUMBA_NUM_THREADS", "1")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "elsewhere")
    assert deciding.deciding(plugins) == before
    monkeypatch.setenv("NUMBA_LOOP_VECTORIZE", "0")
    assert deciding.deciding(plugins)["compiler"] == {**before["compiler"], "NUMBA_LOOP_VECTORIZE": "0"}
