"""A user's text file, line by line: a regular file, plain or gzip, in UTF-8, or in UTF-16 with its byte order mark."""

import codecs
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from bench.errors import BadInput

LONGEST_LINE = 2**24  # characters; a longer one is no line of a text, and may never end
SPECIAL = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe, which can be read but once",
    stat.S_IFCHR: "a device, which may never end",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def lines(key: str, path: str) -> Iterator[str]:
    """The lines of a file, each with its end; BadInput begins with the key that named the file."""
    number = 0
    try:
        mode = stat.S_IFMT(os.stat(path).st_mode)  # before it is opened: opening a pipe may wait for ever
        if mode != stat.S_IFREG:
            raise BadInput(f"{key}: {path!r} is {SPECIAL.get(mode, 'no file')}; give a regular file")
        with open(path, "rb") as file, _unpacked(file) as content, _decoded(content) as text:
            while line := text.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise BadInput(
                        f"{key}: {path!r} line {number} has over {LONGEST_LINE} characters; give a text file"
                    )
                if "\0" in line:
                    raise BadInput(
                        f"{key}: {path!r} line {number} holds a NUL character, as binary files do and UTF-16 without "
                        "its byte order mark; save it as UTF-8"
                    )
                yield line
    except UnicodeDecodeError as error:
        raise BadInput(f"{key}: cannot read {path!r}: its text is no {error.encoding}; save it as UTF-8") from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"{key}: cannot read {path!r}: {reason}; give a readable file") from error


def _unpacked(file: BinaryIO) -> BinaryIO:
    """A file, or what is packed in it with gzip, whatever its name."""
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return io.BufferedReader(gzip.GzipFile(fileobj=file)) if packed else file


def _decoded(file: BinaryIO) -> io.TextIOWrapper:
    """The text of a file; its byte order mark, if there is one, tells the encoding. Line ends are as they are."""
    mark = file.peek(2)[:2]  # type: ignore[attr-defined]
    encoding = "utf-16" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    return io.TextIOWrapper(file, encoding, newline="")
