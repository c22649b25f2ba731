"""A text file of a user's: lines, whatever its packing and encoding, or one sentence where it is none or has no end."""

import bz2
import gzip
import lzma
import os
import socket
from pathlib import Path

import pytest

from bench import textfile
from bench.errors import BadInput

TEXT = "µ\r\n1\r2\n\u2028\x85\n3"
LINES = ["µ\r\n", "1\r", "2\n", "\u2028\x85\n", "3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("packed", [False, True])
def test_lines_have_the_ends_that_they_have(tmp_path: Path, encoding: str, packed: bool) -> None:
    mark = "\ufeff" if encoding.endswith("e") else ""  # the others write one themselves, or need none
    content = (mark + TEXT).encode(encoding)
    (tmp_path / "file").write_bytes(gzip.compress(content) if packed else content)
    assert list(textfile.lines("data.path", str(tmp_path / "file"))) == LINES


PACKED = gzip.compress(b"x\n1\n" * 99, mtime=0)
NO_TEXT = {
    "latin-1": ("\xb5\n".encode("latin-1"), "cannot read FILE: its text is no utf-8; save it as UTF-8"),
    "half a character": (b"\xff\xfe1", "cannot read FILE: its text is no utf-16-le; save it as UTF-8"),
    "no mark": (
        "x\n1\n".encode("utf-16-le"),
        "FILE line 1 holds a NUL character, as binary files do and UTF-16 without",
    ),
    "cut": (PACKED[:-9], "cannot read FILE: Compressed file ended before the end-of-stream marker"),
    "damaged": (PACKED[:10] + b"\xff" * 9, "cannot read FILE: Error -3 while decompressing data: "),
    "altered": (PACKED[:-8] + b"\0" * 8, "cannot read FILE: CRC check failed "),
    "bzip2": (bz2.compress(b"x\n1\n"), "FILE is packed with bzip2; unpack it, or pack it with gzip"),
    "xz": (lzma.compress(b"x\n1\n"), "FILE is packed with xz; unpack it, or pack it with gzip"),
    "zip": (b"PK\x03\x04" + bytes(30), "FILE is packed with zip; unpack it, or pack it with gzip"),
    "without end": (gzip.compress(b"1" * 2**25), "FILE line 1 has over 16777216 characters; give a text file"),
}


@pytest.mark.parametrize("case", NO_TEXT)
def test_what_is_no_text_is_named(tmp_path: Path, case: str) -> None:
    content, message = NO_TEXT[case]
    (file := tmp_path / "file").write_bytes(content)
    with pytest.raises(BadInput) as caught:
        list(textfile.lines("data.path", str(file)))
    assert str(caught.value).replace(repr(str(file)), "FILE").startswith(f"data.path: {message}")


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        kinds = {"": "folder", "pipe": "pipe, which can be read but once", "socket": "socket"}
        for path, kind in {
            **{str(tmp_path / name): kind for name, kind in kinds.items()},
            "/dev/zero": "device",
        }.items():
            with pytest.raises(BadInput, match=f"^data.path: {path!r} is a {kind}.*; give a regular file$"):
                next(textfile.lines("data.path", path))


@pytest.mark.parametrize(
    ("name", "reason"),
    [("no", "No such file or directory"), ("\0", "embedded null byte"), ("n" * 999, "File name too l")],
)
def test_what_cannot_be_opened(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(BadInput, match=f"^data.path: cannot read .*: {reason}.*; give a readable file$"):
        next(textfile.lines("data.path", str(tmp_path / name)))
