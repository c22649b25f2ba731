"""`python -m bench.documents`: make the generated parts of all documents anew, and their pictures."""

from bench import PACKAGE
from bench.documents import marked, pictures
from bench.documents.parts import parts
from bench.tables import files

TOP = PACKAGE.parent

if __name__ == "__main__":
    made = parts(TOP / "reports")
    for document in marked.documents(TOP):
        files.write(document, marked.refreshed(document.read_text(), made))
    pictures.renew(TOP)
