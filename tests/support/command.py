"""The command line run inside this process, and what it leaves on the disk."""

import contextlib
import csv
import hashlib
import io
from pathlib import Path
from typing import NamedTuple

from bench import cli
from bench.config import written

TOP = Path(__file__).parents[2]
ONE_ROUND = ("precision=10", "rounds=0", "resume=false")  # one round of sampling, anew, and no timing
ONE_CELL = ("sigma=[1.0]", "dataset_size=[5]", "samples=[1]", "latent=[shared]")


class Outcome(NamedTuple):
    """What a command line gave."""

    code: int
    out: str
    err: str


def instead(*words: str) -> list[str]:
    """Words of which each key's last stands in the place of its first, so a test may change what it shares."""
    return list({word.lstrip("+~").partition("=")[0] if "=" in word else word: word for word in words}.values())


def command(*arguments: str) -> Outcome:
    """`python -m bench ARGUMENTS`, in this process; of two words with one key the last is used."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(instead(*arguments))
    return Outcome(code, out.getvalue(), err.getvalue())


def plugin_files(*files: str | Path) -> str:
    """plugins=[...] of these files, whatever letters their paths are made of."""
    return next(written.overrides({"plugins": files}))


def rows(run: Path, name: str = "statistics") -> list[dict[str, str]]:
    """The rows of a table as text."""
    with open(run / f"{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def lines(run: Path, name: str = "statistics") -> list[bytes]:
    """The rows of a table as bytes, without the header."""
    return (run / f"{name}.csv").read_bytes().splitlines()[1:]


def contents(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file under a folder, but of the journal, which grows while a sweep works."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stem != "journal"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def one_line(outcome: Outcome) -> str:
    """The one line of an outcome of exit code 2."""
    code, out, err = outcome
    assert code == 2, err
    assert out == ""
    assert err.startswith("error: ")
    assert err.endswith("\n")
    assert err.count("\n") == 1, err
    assert "http" not in err
    return err.removeprefix("error: ").removesuffix("\n")
