"""The command ``symbiosis`` and its subcommands; errors become one message and exit status 1."""

import click

from symbiosis import __version__
from symbiosis.cli.check import check
from symbiosis.cli.datasets import datasets
from symbiosis.cli.disrupt import disrupt
from symbiosis.cli.draft import draft
from symbiosis.cli.explain import explain
from symbiosis.cli.explore import explore
from symbiosis.cli.export import export
from symbiosis.cli.factors import factors
from symbiosis.cli.import_ import import_
from symbiosis.cli.match import match
from symbiosis.cli.metrics import metrics
from symbiosis.cli.pareto import pareto
from symbiosis.cli.reconcile import reconcile
from symbiosis.cli.resolve import resolve
from symbiosis.cli.score import score
from symbiosis.cli.share import share
from symbiosis.errors import SymbiosisError


class Commands(click.Group):
    """A group whose commands may refuse what they are given."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what the user's data broke goes to standard error."""
        try:
            return super().invoke(ctx)
        except SymbiosisError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Find exchanges of by-products, heat and water in an industrial park, and what they save."""


for command in (
    match,
    check,
    explain,
    score,
    draft,
    resolve,
    datasets,
    explore,
    import_,
    factors,
    export,
    metrics,
    share,
    pareto,
    disrupt,
    reconcile,
):
    main.add_command(command)
