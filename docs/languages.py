"""Two languages in one project: Chinese pages stand under zh/, by the names of the English ones."""

from sphinx.application import Sphinx

CHINESE = "zh/"
NAMES = {True: "中文", False: "English"}


def counterpart(page: str) -> str:
    """Return the page of the same name in the other language."""
    return page.removeprefix(CHINESE) if page.startswith(CHINESE) else CHINESE + page


def add_language(
    app: Sphinx, page: str, _template: str, context: dict[str, object], doctree: object
) -> None:
    """Tell the template the page's language and where its counterpart is."""
    in_chinese = page.startswith(CHINESE)
    context["language"] = "zh-CN" if in_chinese else "en"
    other = counterpart(page)
    if other not in app.env.found_docs:
        other = "index" if in_chinese else "zh/index"
    relative = app.builder.get_relative_uri(page, other) if doctree is not None else ""
    context["counterpart"] = relative
    context["counterpart_language"] = NAMES[not in_chinese]


def setup(app: Sphinx) -> dict[str, bool]:
    """Ask Sphinx to call us for each page."""
    app.connect("html-page-context", add_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
