"""How to cite a run: an entry for BibTeX, made from CITATION.cff and from the manifest."""

import re
from collections.abc import Mapping
from typing import Any

from bench.config.cited import cited
from bench.markup import latex


def citation(manifest: Mapping[str, Any]) -> str:
    """The entry of a run, with the version that measured it and the year in which it began, as far as it says so."""
    said, name = cited(), str(manifest.get("name", ""))
    began = next((session["start"] for session in manifest.get("sessions") or ()), "")
    fields = {
        "author": " and ".join(map(_author, said["authors"])),
        "title": f"{{{latex.escape(said['title'])}}}",
        "version": manifest.get("versions", {}).get("bench", said["version"]),
        "year": began[:4],
        "note": latex.escape(_note(name, manifest)),
    }
    lines = [f"  {key} = {{{value}}}" for key, value in fields.items() if value]
    key = "_".join(filter(None, re.findall("[A-Za-z0-9-]+", f"mcgrad-bench {name}")))
    return ",\n".join([f"@software{{{key}", *lines]) + "\n}"


def _author(author: Mapping[str, str]) -> str:
    """A person with the family name first, or a group whose name BibTeX must not take apart."""
    if "name" in author:
        return f"{{{latex.escape(author['name'])}}}"
    return latex.escape(f"{author['family-names']}, {author['given-names']}")


def _note(name: str, manifest: Mapping[str, Any]) -> str:
    """Which run it was: its name, seed and commit."""
    commit = str(manifest.get("commit") or "")[:12]
    facts = {"run": name, "seed": manifest.get("seed"), "commit": commit}
    return ", ".join(f"{key} {value}" for key, value in facts.items() if value not in (None, ""))
