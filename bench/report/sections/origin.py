"""How the report was made."""

from collections.abc import Mapping
from typing import Any

from bench.markup.blocks import Block, Bullets, Code, Heading
from bench.markup.spaces import one_line
from bench.report.sections.phrases import machine, pairs


def origin(manifest: Mapping[str, Any]) -> list[Block]:
    """Everything that is needed to make it again."""
    commit, command = manifest.get("commit"), manifest.get("command")
    changed = " with uncommitted changes" if manifest.get("dirty") else ""
    facts = {
        "seed": manifest.get("seed"),
        "commit": f"{commit}{changed}" if commit else None,
        "data": pairs(manifest.get("data")),
        "versions": pairs(manifest.get("versions")),
        "blocks": pairs(manifest.get("block")),
        "seconds": pairs(manifest.get("phases")),
    }
    lines = [f"{key}: {value}" for key, value in facts.items() if value not in (None, "")]
    inputs = map(_input, manifest.get("inputs") or ())
    lines = [*inputs, *map(_source, manifest.get("merged") or ()), *lines, *sessions(manifest)]
    blocks: list[Block] = [Heading(2, "How it was made")]
    blocks += [Code(" ".join(command.splitlines()))] if command else []
    blocks += [Bullets(lines)] if lines else []
    return blocks


def sessions(manifest: Mapping[str, Any]) -> list[str]:
    """When each part of the run was made, on which machine and in how many seconds; a run may be resumed."""
    records = manifest.get("sessions") or []
    return [
        f"session {number} of {len(records)}: began {session['start']}, {machine(session['cpu'])}, "
        f"seconds: {pairs(session['phases'])}"
        for number, session in enumerate(records, 1)
    ]


def _source(source: Mapping[str, Any]) -> str:
    """What one of the runs was that were merged."""
    return f"merged: {pairs({key: value for key, value in source.items() if value is not False})}"


def _input(entry: Mapping[str, Any]) -> str:
    """What a user's file was, and whether the command says where it was."""
    digest = f"SHA-256 {entry['sha256']}" if entry["sha256"] else "to be chosen"
    place = "; the folder that it was in is private and left out of the command" if entry["left_out"] else ""
    return one_line(f"{entry['key']}: {entry['name']}, {digest}{place}")
