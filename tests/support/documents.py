"""A document with a block of every kind, and texts that look like markup."""

from bench.markup.blocks import (
    Block,
    Bullets,
    Code,
    Column,
    Duration,
    Figure,
    Heading,
    Interval,
    Link,
    Number,
    Paragraph,
    Strong,
    Table,
)

NASTY = (
    "<script>alert(1)</script>",
    "a | b",
    "**not bold**",
    "_x_ [y](z) `c` & \\ $ ~ #",
    "~~not struck~~",
    "trailing \\",
    "# no heading",
    "say \"so\", or'so'",
)
BLOCKS: list[Block] = [
    Heading(2, "Title"),
    Paragraph((Strong("bold"), " and at mu = 1 ", Link("a file", "figures/a b.csv"), ".")),
    Bullets(["one", "two"]),
    Code("python -m bench"),
    Table(
        [Column("a"), Column("b", "mu")],
        [["x", Interval(Number(5.6e6), Number(5.5e6), Number(5.7e6))], [Duration(1234.0), None]],
    ),
    Table([Column("a")], [[Number(1.0)]], "The extremes"),
]
FIGURE = Figure("f", "A figure", "What sigma = 1 shows.", ["f.png", "f.svg"], [Link("CSV", "f.csv")], b"<svg a='1'/>\n")
