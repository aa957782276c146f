"""fenmen show: what a model is."""

import click

from fenmen.cli.options import digest_option, model_option


@click.command()
@model_option
@digest_option
@click.option("--words", default=12, show_default=True, help="How many words of each topic.")
def show(model: str, expect_digest: str | None, words: int) -> None:
    """Show what a model is: its topics, thresholds, figures and most telling words."""
    from fenmen.tagging.description import describe
    from fenmen.tagging.tagger import load_tagger

    for line in describe(load_tagger(model, expect_digest=expect_digest), words):
        click.echo(line)
