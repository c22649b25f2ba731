"""What CITATION.cff says is what the package says of itself."""

import tomllib
from pathlib import Path

import bench
from bench.config.cited import cited

TOP = Path(__file__).parents[2]


def test_title_version_and_authors_are_those_of_the_package() -> None:
    said = cited()
    project = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]
    assert said["version"] == bench.__version__
    assert said["authors"] == project["authors"]
    assert said["title"] == f"{project['name']}: {project['description'][0].lower()}{project['description'][1:]}"
