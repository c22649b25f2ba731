"""A checkout with two commits, and the two sides of a comparison."""

import subprocess
import sys
from pathlib import Path

from bench.commands.worktrees import LOCK, Side

MAKEFILE = ".venv/.run:\n\tmkdir -p .venv/bin\n\techo made > .venv/bin/python\n"


def git(*words: str) -> str:
    """What git says in the current folder."""
    name = ("-c", "user.name=test", "-c", "user.email=test@localhost")
    return subprocess.run(["git", *name, *words], check=True, capture_output=True, text=True).stdout.strip()


def two_commits() -> list[str]:
    """Make the current folder a checkout that can be tracked; the names of its commits."""
    git("init", "-q")
    Path(".gitignore").write_text(".benchmarks/\n")
    Path("Makefile").write_text(MAKEFILE)
    Path(LOCK).write_text("one")
    names = []
    for text in ("first", "second"):
        Path("text").write_text(text)
        git("add", "-A")
        git("commit", "-qm", text)
        names.append(git("rev-parse", "HEAD"))
    return names


def two_sides(tree: Path) -> list[Side]:
    """Both sides of a comparison in one folder, run by this Python."""
    return [Side(name, name * 10, tree, sys.executable) for name in ("base", "head")]
