"""What a report says: each module makes the blocks of a section or of a part of one, from tables and manifest.

`report/contents.py` lists the sections; the page shows one by the template of its anchor, `report/page/ANCHOR.html`,
where there is such a file.
"""
