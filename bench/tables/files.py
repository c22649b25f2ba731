"""Files that appear whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

UNFINISHED = ".unfinished."  # how the names of files begin that are not yet in their places


def write(path: Path, content: str | bytes) -> None:
    """Put a file in its place at once: a reader sees the old one or the new one, never a part."""
    write_all({path: content})


def write_all(files: Mapping[Path, str | bytes]) -> None:
    """Put files in their places, once there is room for all of them: before that, all the old ones stay."""
    unfinished = {path.with_name(f"{UNFINISHED}{path.name}.{secrets.token_hex(8)}"): path for path in files}
    try:
        for temporary, path in unfinished.items():
            content = files[path]
            with open(temporary, "xb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
        for temporary, path in unfinished.items():
            os.replace(temporary, path)
    except BaseException:
        for temporary in unfinished:
            temporary.unlink(missing_ok=True)
        raise


def update(folder: Path, contents: Mapping[str, str | bytes], stale: Iterable[str] = ()) -> None:
    """Put files in their places in a folder, by their paths in it: all of them or none. Then remove the stale ones."""
    for name in contents:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    write_all({folder / name: content for name, content in contents.items()})
    for name in stale:
        (folder / name).unlink()


def remove_unfinished(folder: Path) -> None:
    """Remove what a process that was killed was about to put in its place; nobody may be writing there."""
    for path in [*folder.rglob(f"{UNFINISHED}*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
