"""The plug-ins that the documents show."""

import re

from tests.support.command import TOP


def plugins(document: str) -> dict[str, str]:
    """The Python blocks of a document that end in a PLUGIN, by the plug-in's name."""
    blocks = re.findall(r"^```python\n(.*?)^```$", (TOP / document).read_text(), re.DOTALL | re.MULTILINE)
    return {
        name[1]: block for block in blocks if (name := re.search(r'^PLUGIN = \w+\(\s*"(\w+)"', block, re.MULTILINE))
    }
