"""Examples that run while the pages are built: files a page shows, commands and what they print.

All pages share a folder. ``{file} name`` shows a file and puts it there; ``{run}`` shows commands,
runs them there and shows what they print, so that no output in the pages is out of date. A command
that fails is a warning, and `make docs` treats warnings as errors (``:status: 1`` where failing is
the point). What prints nothing here and ran for another page, in the other language say, is not
run again.
"""

import contextlib
import shlex
import tempfile
from pathlib import Path

from click.testing import CliRunner
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from symbiosis.cli import main

PROGRAM = "symbiosis"


def printed(line: str, folder: Path, language: str) -> tuple[int, str]:
    """Return the exit status of a command line and what it prints."""
    program, *arguments = shlex.split(line)
    if program != PROGRAM:
        raise ValueError(f"pages run {PROGRAM} only, not {program}")
    with contextlib.chdir(folder):
        result = CliRunner().invoke(main, arguments, env={"SYMBIOSIS_LANGUAGE": language})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout if result.exit_code == 0 else result.stderr


class Example(SphinxDirective):
    """What the two directives share: the folder of the page."""

    has_content = True

    def folder(self) -> Path:
        """Return the folder of the examples."""
        return Path(self.env.app.examples.name)

    def literal(self, text: str, language: str) -> nodes.literal_block:
        """Return text as a block of code."""
        block = nodes.literal_block(text, text, language=language)
        self.set_source_info(block)
        return block


class FileExample(Example):
    """``{file} my-park/flows.csv``: a file that the reader writes too."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the file and show it under its name."""
        name = self.arguments[0]
        text = "\n".join(self.content) + "\n"
        path = self.folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        kind = "toml" if name.endswith(".toml") else "text"
        wrapper = nodes.container("", literal_block=True, classes=["literal-block-wrapper"])
        wrapper += [nodes.caption(name, name), self.literal(text, kind)]
        return [wrapper]


class RunExample(Example):
    """``{run}``: commands, a line each, and what the last one prints."""

    option_spec = {  # noqa: RUF012  # docutils asks for a dict
        "first": directives.nonnegative_int,  # how many lines of it to show
        "quiet": directives.flag,  # run it and show the command only
        "status": directives.nonnegative_int,
    }

    def run(self) -> list[nodes.Node]:
        """Run the commands and show them with the output."""
        language = "zh" if self.env.docname.startswith("zh/") else "en"
        quiet, text = "quiet" in self.options, ""
        done: set[str] = self.env.app.examples_done
        for line in self.content:
            if quiet and line in done:
                continue
            status, text = printed(line, self.folder(), language)
            if status != self.options.get("status", 0):
                raise self.error(f"'{line}' ended with {status}: {text}")
            done.add(line)
        shown: list[nodes.Node] = [self.literal("\n".join(self.content), "sh")]
        if quiet or not text.strip():
            return shown
        lines = [line.rstrip() for line in text.strip("\n").splitlines()]
        most = self.options.get("first", len(lines))
        cut = [*lines[:most], "..."] if most < len(lines) else lines
        return [*shown, self.literal("\n".join(cut), "text")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the directives to Sphinx; the folder goes when the build ends."""
    app.examples = tempfile.TemporaryDirectory(prefix="symbiosis-docs-")  # type: ignore[attr-defined]
    app.examples_done = set()  # type: ignore[attr-defined]
    app.connect("build-finished", lambda built, _: built.examples.cleanup())
    app.add_directive("file", FileExample)
    app.add_directive("run", RunExample)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
