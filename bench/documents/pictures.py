"""The pictures of the documents: small copies of the reference's figures, and screenshots of its page.

A screenshot holds the SHA-256 of the page that it shows, so that a test can tell whether it is of the page as it is.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bench.report.small import small

WIDE = 720
FIGURES = {"answer": "variance_ratio_sigma", "time": "time_dataset_size"}  # of the reference, by picture
PAGE = "page"  # the picture of its index.html
WINDOW = (1280, 760)
WIDE_PAGE, FEW = 880, 48  # of the screenshot: pixels, and colours
SOURCE = "page_sha256"
BROWSERS = ("chromium", "google-chrome")


def renew(top: Path) -> None:
    """Make docs/pictures/ anew; a screenshot takes Chromium, and stays as it is without."""
    folder, reference = top / "docs" / "pictures", top / "reports" / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for name, figure in FIGURES.items():
        small(reference / "figures" / f"{figure}.png", folder / f"{name}.png", WIDE)
    if browser := next(filter(None, map(shutil.which, BROWSERS)), None):
        screenshot(browser, reference / "index.html", folder / f"{PAGE}.png")
    else:
        print("no Chromium: the screenshot stays as it is", file=sys.stderr)


def screenshot(browser: str, page: Path, to: Path) -> None:
    """What a reader sees of a page before scrolling."""
    flags = "--headless --no-sandbox --disable-gpu --hide-scrollbars".split()
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder, "shot.png")
        size = f"--window-size={WINDOW[0]},{WINDOW[1]}"
        command = [browser, *flags, f"--user-data-dir={folder}/profile", f"--screenshot={shot}", size, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        with Image.open(shot) as opened:
            scaled = opened.convert("RGB").resize((WIDE_PAGE, round(WIDE_PAGE * opened.height / opened.width)))
    told = PngInfo()
    told.add_text(SOURCE, hashlib.sha256(page.read_bytes()).hexdigest())
    scaled.quantize(FEW, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(to, optimize=True, pnginfo=told)


def shown(screenshot: Path) -> str:
    """The SHA-256 of the page that a screenshot shows."""
    with Image.open(screenshot) as picture:
        return str(picture.info[SOURCE])
