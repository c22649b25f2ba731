"""The contents stay in view, on a phone too, and mark the section that is read."""

from pathlib import Path

import pytest

from tests.support.browser import Browser

CURRENT = "[...document.querySelectorAll('nav [aria-current]')].map((link) => link.hash)"
SIZES = [(1280, 800), (390, 844)]


def scrolled(page: Browser, anchor: str) -> None:
    """Bring a section to the top of the window, and wait until the browser has looked at it."""
    page.do(f"document.getElementById({anchor!r}).scrollIntoView({{ behavior: 'instant' }})")
    page.do("new Promise((then) => requestAnimationFrame(() => setTimeout(then, 50)))")


@pytest.mark.parametrize("size", SIZES)
def test_the_section_that_is_read_is_marked(page: Browser, folder: Path, size: tuple[int, int]) -> None:
    page.open(folder / "index.html", *size)
    for anchor in ("ratios", "explorer"):
        scrolled(page, anchor)
        assert page.do(CURRENT) == [f"#{anchor}"]
        box = page.do("(() => { const b = document.querySelector('nav').getBoundingClientRect(); "
                      "return [b.top, b.height, b.width]; })()")  # fmt: skip
        assert box[0] <= 16  # in view
        assert box[1] <= 48 or box[2] <= 200  # a strip on a phone, a column on a desk
        link = page.do("(() => { const b = document.querySelector('nav [aria-current]').getBoundingClientRect(); "
                       "return [b.left, b.right]; })()")  # fmt: skip
        assert 0 <= link[0] < link[1] <= size[0]


@pytest.mark.parametrize("size", SIZES)
def test_a_heading_that_a_link_leads_to_is_not_covered(page: Browser, folder: Path, size: tuple[int, int]) -> None:
    page.open(folder / "index.html", *size)
    page.do("document.querySelector('nav a[href=\"#ratios\"]').click()")
    page.do("new Promise((then) => requestAnimationFrame(() => setTimeout(then, 50)))")
    heading, strip = page.do(
        "[document.querySelector('#ratios h2').getBoundingClientRect().top, "
        "document.querySelector('nav').getBoundingClientRect().bottom]"
    )
    assert heading >= (strip if size[0] < 1000 else 0)
    assert heading < 200


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_window_and_numbers_are_seen(page: Browser, folder: Path, width: int) -> None:
    page.open(folder / "index.html", width, 844)
    assert page.do("document.documentElement.scrollWidth") <= width
    script = """(() => { const row = document.querySelector('#points tbody tr');
        return [...row.cells].filter((cell) => cell.getBoundingClientRect().right <= innerWidth).length; })()"""
    assert page.do(script) >= 4  # of them at least two numbers


def test_a_long_listing_on_a_phone_has_its_numbers_beside_its_first_column(page: Browser, folder: Path) -> None:
    page.open(folder / "index.html", 390, 844)
    details = "document.querySelector('[data-name=ratios]')"
    page.do(f"new Promise((then) => {{ {details}.addEventListener('toggle', then); {details}.open = true; }})")
    heads = page.do(f"[...{details}.querySelectorAll('th')].map((head) => head.textContent)")
    assert heads[:3] == ["numerator", "variance_ratio", "variance_ratio_low"]
    assert page.do(f"{details}.querySelectorAll('th')[1].getBoundingClientRect().right") <= 390
    assert page.do("document.documentElement.scrollWidth") == 390


def test_marks_that_coincide_stand_beside_each_other(page: Browser) -> None:
    places = page.do("""(() => {
        const points = [["a", 1, 50], ["b", 1, 52], ["c", 1, 90], ["d", 2, 50]]
            .map(([name, x, value]) => ({ name, x, value }));
        const moved = dodged(points, (x) => 100 * x, (y) => y);
        return points.map((point) => moved.get(point)); })()""")
    assert places == [-4.5, 4.5, 0, 0]


def test_powers_of_ten_are_raised(page: Browser) -> None:
    values = "[0.5, 1000, 1e4, -26000, 1.5e-7, 0]"
    assert page.do(f"{values}.map(powered)") == [
        "0.5", "1000", "10\u2074", "-2.6\u00d710\u2074", "1.5\u00d710\u207b\u2077", "0",
    ]  # fmt: skip
