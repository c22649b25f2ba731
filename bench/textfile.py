"""A user's text file, line by line: a regular file, plain or gzip, in UTF-8, or in UTF-16 or UTF-32 with its mark."""

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
MARKS = {  # that of UTF-32 begins as that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
FOREIGN = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"PK\x03\x04": "zip",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7z",
}


def lines(key: str, path: str) -> Iterator[str]:
    """The lines of a file, each with its end; BadInput begins with the key that named the file."""
    number = 0
    try:
        mode = stat.S_IFMT(os.stat(path).st_mode)  # before it is opened: opening a pipe may wait for ever
        if mode != stat.S_IFREG:
            raise BadInput(f"{key}: {path!r} is {SPECIAL.get(mode, 'no file')}; give a regular file")
        with open(path, "rb") as file, _unpacked(key, file) as content, _decoded(content) as text:
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


def _unpacked(key: str, file: BinaryIO) -> BinaryIO:
    """A file, or what is packed in it with gzip, whatever its name; BadInput where it is packed otherwise."""
    beginning = file.read(max(map(len, FOREIGN)))
    file.seek(0)
    if packing := next((name for mark, name in FOREIGN.items() if beginning.startswith(mark)), None):
        raise BadInput(f"{key}: {file.name!r} is packed with {packing}; unpack it, or pack it with gzip")
    return io.BufferedReader(gzip.GzipFile(fileobj=file)) if beginning.startswith(b"\x1f\x8b") else file


def _decoded(file: BinaryIO) -> io.TextIOWrapper:
    """The text of a file; its byte order mark, if there is one, tells the encoding. Line ends are as they are."""
    beginning = file.peek(4)  # type: ignore[attr-defined]
    encoding = next((name for mark, name in MARKS.items() if beginning.startswith(mark)), "utf-8-sig")
    return io.TextIOWrapper(file, encoding, newline="")
