"""What is missing, and how the report was made."""

from collections.abc import Mapping
from typing import Any

from bench.markup.markdown import bullets, escape
from bench.report.sections.phrases import pairs


def origin(manifest: Mapping[str, Any]) -> str:
    """Everything that is needed to make it again."""
    commit = manifest.get("commit")
    changed = " with uncommitted changes" if manifest.get("dirty") else ""
    items = {
        "seed": manifest.get("seed"),
        "commit": f"{commit}{changed}" if commit else None,
        "data": pairs(manifest.get("data")),
        "versions": pairs(manifest.get("versions")),
        "blocks": pairs(manifest.get("block")),
        "seconds": pairs(manifest.get("phases")),
    }
    command = f"    {' '.join(manifest['command'].split())}\n\n" if manifest.get("command") else ""
    lines = [f"{key}: {escape(value)}" for key, value in items.items() if value not in (None, "")]
    return "## How it was made\n\n" + command + bullets(lines)
