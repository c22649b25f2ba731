"""The page of a small run, with all its parts, under the rules of axe-core, wide and on a phone."""

from pathlib import Path

import axe_core_python
import pytest

from tests.support import compared
from tests.support.browser import Browser
from tests.support.reports import MANIFEST, catalogue, dot, written

RULES = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
SERIOUS = ("serious", "critical")
VIOLATIONS = """axe.run().then(result => result.violations.filter(rule => %s.includes(rule.impact))
    .map(rule => rule.id + ': ' + rule.nodes.map(node => node.html).join(' ')))"""


def serious(browser: Browser, file: Path, *size: int) -> list[str]:
    """What axe-core finds serious in a file."""
    browser.open(file, *size)
    browser.do(f"{{{RULES}}}; 0")
    violations: list[str] = browser.do(VIOLATIONS % list(SERIOUS))
    return violations


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_nothing_serious_is_found(browser: Browser, tmp_path: Path, size: tuple[int, int]) -> None:
    written(tmp_path, compared.tables(), MANIFEST, catalogue(first=dot))
    assert serious(browser, tmp_path / "index.html", *size) == []


def test_what_is_serious_would_be_found(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        '<html lang="en"><title>x</title><p style="color:#ccc">pale</p><img src="x.png">'
    )
    violations = serious(browser, tmp_path / "bad.html")
    assert [violation.partition(":")[0] for violation in violations] == ["color-contrast", "image-alt"]
