"""`python -m bench`: the command line in a process of its own, whose exit code tells the same whoever reads it."""

import os
import sys

from bench import interrupt, outlet
from bench.cli import main
from bench.errors import ExitCode


def process() -> int:
    """Run the command line of this process and give its exit code. An interrupt ends it."""
    os.environ["MPLBACKEND"] = "agg"  # figures are files; the backend that a notebook hands down may not be installed
    os.environ.pop("SOURCE_DATE_EPOCH", None)  # nothing here has a date; NumPy and matplotlib stumble over what is none
    outlet.complete()
    code = interrupt.guard(main)
    if fault := outlet.fault():
        print(f"error: standard output cannot be written: {fault}", file=sys.stderr)
        return code or ExitCode.FAILED  # a verdict stays what it is; done it is not
    return code


if __name__ == "__main__":
    sys.exit(process())
