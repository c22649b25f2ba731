"""What became of a law that was put to a plug-in: passed, FAILED with numbers, or not applicable with the reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from bench.laws.finding import Finding
from bench.statistics.moments import quiet

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A law, the places in which it was tried, and the worst that was seen; `reason` says why it was tried nowhere."""

    law: str
    tried: int
    finding: Finding | None = None
    where: str = ""  # of the finding
    failed: int = 0  # places
    reason: str = ""

    def __str__(self) -> str:
        """A line of a verdict."""
        if self.finding is not None:
            return f"{self.law:34} FAILED in {self.failed} of {self.tried}, worst in {self.where}: {self.finding}"
        return f"{self.law:34} {f'passed in {self.tried}' if self.tried else f'not applicable: {self.reason}'}"


@quiet
def tried(
    law: str,
    subjects: Iterable[Subject],
    broken: Callable[[Subject], Finding | None],
    name: Callable[[Subject], str],
    reason: str = "",
) -> Outcome:
    """A law put to every subject; of several findings the worst is kept, and all of them are counted."""
    several = list(subjects)
    findings = [(finding, subject) for subject in several if (finding := broken(subject)) is not None]
    if not findings:
        return Outcome(law, len(several), reason=reason)
    finding, subject = max(findings, key=lambda pair: pair[0].size)
    return Outcome(law, len(several), finding, name(subject), len(findings))
