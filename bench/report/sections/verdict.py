"""The title, the verdict and the question."""

from collections.abc import Mapping
from typing import Any

from bench.markup.markdown import bullets, escape
from bench.report.sections.phrases import known, number

NAMED = 3  # failures in the first line; all of them follow below the title


def verdict(manifest: Mapping[str, Any]) -> str:
    """The answer to: is every number what the oracle says? A failure is the first line of all, before the title."""
    found = manifest["verdict"]
    title = f"# {escape(manifest.get('name', 'report'))}\n\n## Verdict\n\n"
    if found.get("checks") == 0:
        return title + "None: no row holds a finite number that could be checked.\n"
    if found["ok"]:
        return title + _agreed(found)
    failures = [escape(failure) for failure in found.get("failures", ())]
    more = f"; and {len(failures) - NAMED} more, below" if len(failures) > NAMED else ""
    first = f"**FAILED: the oracle disagrees in {len(failures)} checks: {'; '.join(failures[:NAMED])}{more}.**\n\n"
    return first + title + "The oracle disagrees; do not use these numbers.\n\n" + bullets(failures)


def _agreed(found: Mapping[str, Any]) -> str:
    share = found.get("coverage")
    covered = (
        f" {100 * share:.1f} % of the ratios' 95 % intervals hold the exact ratio (cells share their draws, so they "
        "hold or miss together)."
        if share is not None and known(share)
        else ""
    )
    holes = found.get("unchecked") or 0
    return (f"**{holes} gradients are not finite and were not checked.** " if holes else "") + (
        f"The oracle agrees: {found.get('checks', 'all')} checks of gradients and variances against their exact "
        f"values. The largest abs(z) is {number(found.get('worst_gradient_z'))} for a gradient and "
        f"{number(found.get('worst_variance_z'))} for a variance; allowed is {number(found.get('bound'))}, which a "
        f"right sweep exceeds with a chance of {number(found.get('level'))}. Integrated instead of sampled, "
        f"the gradients differ from the exact ones by at most {number(found.get('worst_bias'))} of their tolerance."
        f"{covered}\n"
    )
