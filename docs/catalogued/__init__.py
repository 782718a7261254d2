"""Pages made from the data that ships: ``{catalogue} resources mineral`` and its like.

They are built of document nodes, not of Markdown, so that no name in the data can be markup.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from catalogued import counts, parks, pathways, plants, prices, resources, sources
from catalogued.reader import Reader
from catalogued.shelf import Shelf, read_shelf
from symbiosis.catalogue import datasets_folder

FOLDER = "catalogue/"


class CataloguePage(SphinxDirective):
    """A part of the catalogue as sections or tables."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the page named by the arguments."""
        here = self.env.docname
        language = "zh" if here.startswith("zh/") else "en"
        shelf: Shelf = self.env.app.shelf
        self.state.document.settings.smart_quotes = False  # data stays as it is written
        for file in (*shelf.folder.glob("catalogue/*.csv"), *shelf.folder.glob("parks/*/*")):
            self.env.note_dependency(str(file))
        own = "zh/" * (language == "zh") + FOLDER
        reader = Reader(shelf=shelf, language=language, address=lambda page: self.uri(own + page))
        which = self.arguments[1] if len(self.arguments) > 1 else ""
        match self.arguments[0]:
            case "resources":
                return resources.page(reader, which)
            case "pathways":
                return pathways.page(reader, which)
            case "plants":
                return plants.page(reader, which)
            case "prices":
                return prices.page(reader)
            case "sources":
                return sources.page(reader)
            case "counts":
                return counts.page(reader)
            case "parks":
                return parks.page(reader, self.markdown, self.uri(FOLDER + "parks"))
            case unknown:
                raise self.error(f"no such part of the catalogue: {unknown}")

    def uri(self, page: str) -> str:
        """Return the address of a page from this one; blank if it is this one."""
        here = self.env.docname
        return "" if page == here else self.env.app.builder.get_relative_uri(here, page)

    def markdown(self, text: str) -> list[nodes.Node]:
        """Return text that we wrote ourselves, such as a README, as nodes."""
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def read(app: Sphinx) -> None:
    """Read the data once for all pages."""
    folder = app.config.catalogue_datasets
    app.shelf = read_shelf(Path(folder) if folder else datasets_folder())  # type: ignore[attr-defined]


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the directive to Sphinx."""
    app.add_config_value("catalogue_datasets", "", "env")
    app.connect("builder-inited", read)
    app.add_directive("catalogue", CataloguePage)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
