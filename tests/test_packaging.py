"""What a newcomer installs: the wheel, the lock, and texts that agree with the package."""

import csv
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

import bench
from tests.support.command import TOP
from tests.support.shown import plugins

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text())
REGISTRIES = "py" + r"pi\.|python" + r"hosted\.|\bnp" + r"mjs\.|ana" + r"conda\.(?:org|com)|deb" + r"ian\.org"
HOMES = r"(?<![\w.-])/(?:home|root|work|Users)/\w"


def run(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | variables
    return subprocess.run(
        [sys.executable, *map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def files(folder: str) -> set[str]:
    return {path.relative_to(TOP).as_posix() for path in (TOP / folder).rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution, built from the checkout, and the wheel, built from the unpacked source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    done = run("-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=TOP)
    assert done.returncode == 0, done.stderr
    (sdist,) = folder.glob("*.tar.gz")
    run("-m", "tarfile", "-e", sdist, folder, cwd=folder)
    done = run("-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=folder / sdist.name.removesuffix(".tar.gz"))
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the installed wheel and nothing else."""
    target = tmp_path_factory.mktemp("site")
    done = run("-m", "pip", "install", "-q", "--no-index", "--no-deps", "--target", target, built[1], cwd=target)
    assert done.returncode == 0, done.stderr
    return target


def test_wheel_holds_the_package_its_data_and_its_configuration_and_nothing_else(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        contents = {name: archive.read(name) for name in names}
    package = {path for path in files("bench") if "__pycache__/" not in path}
    assert {"bench/data/newcomb.csv", "bench/conf/sweep.yaml", "bench/conf/study/smoke.yaml"} <= names
    sources = {path: path for path in package} | {f"bench/{path}": path for path in (*files("conf"), "CITATION.cff")}
    assert contents == {name: (TOP / path).read_bytes() for name, path in sources.items()}


def test_source_distribution_can_be_tested(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "Makefile", "requirements.lock", "tests/test_packaging.py"} <= names


def test_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    done = run("-c", "import bench; print(bench.__file__)", cwd=tmp_path, PYTHONPATH=str(installed))
    assert Path(done.stdout.strip()) == installed / "bench" / "__init__.py"
    variables = {"PYTHONPATH": str(installed), "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    done = run("-m", "bench", "catalogue", cwd=tmp_path, **variables)
    assert done.returncode == 0, done.stderr
    assert {"pathwise", "score_function", "squared_error", "newcomb", "smoke"} <= set(done.stdout.split())


def sweep_of_a_plugin(installed: Path, folder: Path, *overrides: str) -> subprocess.CompletedProcess[str]:
    """A sweep of the installed package with a plug-in that the contract shows, into folder/out/x."""
    (folder / "well.py").write_text(plugins("docs/contract.md")["well"])
    words = ("study=smoke", "output=out", "name=x", "executor=serial", "rounds=0", "precision=10", "plugins=[well.py]")
    variables = {"PYTHONPATH": str(installed), "NUMBA_CACHE_DIR": str(folder / "cache")}
    return run("-m", "bench", "sweep", *words, *overrides, cwd=folder, **variables)


def test_installed_package_finds_its_configuration_and_the_plugin_that_the_contract_shows(
    installed: Path, tmp_path: Path
) -> None:
    done = sweep_of_a_plugin(installed, tmp_path, "objective=[wel]")
    assert done.returncode == 2, done.stdout + done.stderr
    assert re.match(r"error: unknown objective 'wel'; .*\bsquared_error\b.*\bwell\b", done.stderr)


@pytest.mark.slow
def test_installed_package_sweeps_with_that_plugin(installed: Path, tmp_path: Path) -> None:
    """Kernels of another place are compiled anew; those that rules of points need would take three times as long."""
    done = sweep_of_a_plugin(installed, tmp_path, "objective=[well]", "estimator=[score_function,pathwise]")
    assert done.returncode == 0, done.stdout + done.stderr
    with open(tmp_path / "out" / "x" / "statistics.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["objective"], row["estimator"]) for row in rows} == {("well", "score_function"), ("well", "pathwise")}
    assert {row["status"] for row in rows} <= {"ok", "unconverged"}
    assert all(abs(float(row["gradient_z"])) < 6 for row in rows)


def test_the_citation_and_the_changelog_name_this_version() -> None:
    assert yaml.safe_load((TOP / "CITATION.cff").read_text())["version"] == bench.__version__
    versions = re.findall(r"^## \[?([\d.]+)", (TOP / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == bench.__version__


def test_the_contract_links_every_example_of_a_plugin() -> None:
    links = re.findall(r"\]\(\.\./(tests/plugins/[\w/.]+)\)", (TOP / "docs" / "contract.md").read_text())
    assert set(links) <= set(files("tests/plugins"))
    assert sorted({link for link in links if link.count("/") == 2}) == sorted(
        path for path in files("tests/plugins") if re.fullmatch(r"tests/plugins/\w+\.py", path)
    )


def locked(name: str) -> dict[str, str]:
    """The pins of a lock file; whatever else than versions and hashes stands in it is an assertion."""
    lines = [line.removesuffix(" \\") for line in (TOP / name).read_text().splitlines() if not line.startswith("#")]
    pins = [line for line in lines if not re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}", line)]
    matches = [re.fullmatch(r"([a-z0-9-]+)==([\w.]+)(?: ; .+)?", line) for line in pins]
    assert all(matches), [pin for pin, match in zip(pins, matches, strict=True) if not match]
    return {match[1]: match[2] for match in matches if match}


def requirements(*groups: str) -> Iterator[Requirement]:
    for group in groups:
        for entry in PROJECT["dependency-groups"][group]:
            yield from requirements(entry["include-group"]) if isinstance(entry, dict) else [Requirement(entry)]


def test_every_requirement_is_locked_to_a_version_that_it_allows() -> None:
    run_and_test = [*map(Requirement, PROJECT["project"]["dependencies"]), *requirements("test")]
    for lock, wanted in (("requirements.lock", run_and_test), ("requirements-dev.lock", [*requirements("dev")])):
        pins = locked(lock)
        assert {requirement.name for requirement in wanted} <= pins.keys()
        assert not [str(item) for item in wanted if not item.specifier.contains(pins[item.name])]


def test_both_locks_agree() -> None:
    main, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert not {name: (main[name], dev[name]) for name in main.keys() & dev.keys() if main[name] != dev[name]}


def leaks(text: str) -> list[str]:
    return re.findall(f"{REGISTRIES}|{HOMES}", text)


@pytest.mark.parametrize("text", ["https://py" + "pi.org/simple", "see /ho" + "me/me/x", "'/wo" + "rk/main'"])
def test_leaks_are_seen(text: str) -> None:
    assert leaks(text)


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=TOP, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    paths = [TOP / os.fsdecode(name) for name in listing.stdout.split(b"\0") if name]
    texts = {path: path.read_bytes().decode(errors="replace") for path in paths if path.is_file()}
    assert not {path.name: leaks(text) for path, text in texts.items() if leaks(text)}
