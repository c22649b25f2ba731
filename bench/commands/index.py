"""`python -m bench index`: one page over all runs of a folder, and a page for each two that share rows.

Made from the files of the runs alone, and whole when it is opened from a disk or served as it is.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.commands.writing import at_work, writable
from bench.config.checks import positive, text
from bench.errors import BadInput, ExitCode
from bench.registry import Registry
from bench.report.index import page
from bench.report.index.entries import MANIFEST


def run(config: Mapping[str, Any], overrides: Sequence[str], registry: Registry) -> ExitCode:
    """Write output/index.html."""
    folder, threshold = Path(text("output", config["output"])), positive("threshold", config["threshold"])
    if not any(folder.glob(f"*/{MANIFEST}")):
        raise BadInput(f"output: {str(folder)!r} holds no run; allowed: a folder of runs, such as reports")
    with at_work(writable(folder)):
        listed = page.write(folder, registry.summaries, threshold)
    print(f"index: {folder / 'index.html'}, {len(listed)} runs")
    return ExitCode.DONE
