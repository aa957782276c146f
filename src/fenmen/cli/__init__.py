"""The command line: split pages, tag articles, check a corpus, look into a model."""

import importlib
import sys
from typing import Any

import click

from fenmen.cli.options import BAD_INPUT, BAD_MODEL
from fenmen.errors import FenmenError

# Each command stands in the module of its name, imported when it is called: tagging starts fast.
COMMANDS = ("split", "tag", "check", "show", "export")


class Commands(click.Group):
    """The commands; their faults are one line on standard error and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """In the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        cmd_name: str,
    ) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(
            importlib.import_module(f"fenmen.cli.{cmd_name}"), cmd_name
        )
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; with --debug a fault keeps its traceback."""
        try:
            return super().invoke(ctx)
        except FenmenError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(str(error), err=True)
            sys.exit(BAD_MODEL if error.code.startswith("E_BUNDLE") else BAD_INPUT)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fenmen")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """fenmen (分门) reads Chinese newspaper and web pages and files every article.

    \b
    fenmen split page.txt                   the articles of a page
    fenmen tag page.txt                     their topics, and the words that decided them
    fenmen tag pages/ -o tagged.csv         a whole folder, as a spreadsheet
    fenmen tag archive.jsonl -o tagged.jsonl    a table of a million articles
    """
