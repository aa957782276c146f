"""fenmen check: is a labelled corpus sound?"""

import sys
from pathlib import Path

import click

from fenmen.cli.options import BAD_INPUT


@click.command()
@click.argument("folder", default="data/corpus")
@click.option("--taxonomy", default="conf/taxonomy/social.yaml", show_default=True)
@click.option(
    "--against", multiple=True, type=click.Path(exists=True), help="Texts it must not copy from."
)
def check(folder: str, taxonomy: str, against: tuple[str, ...]) -> None:
    """Check a labelled corpus: schema, ids, lengths, topics, near-duplicates, balance, coverage."""
    from fenmen.corpus.checks import all_faults, figures, read_coverage
    from fenmen.corpus.schema import scan_corpus
    from fenmen.taxonomy import read_taxonomy

    topics = read_taxonomy(taxonomy)
    examples, faults = scan_corpus(folder, topics)
    coverage = read_coverage(folder)
    foreign = [path for root in against for path in sorted(Path(root).rglob("*.txt"))]
    if examples:
        for name, value in figures(examples, topics, coverage.get("obvious_words", {})).items():
            click.echo(f"{name:45} {value:g}")
        faults += all_faults(examples, topics, coverage, foreign)
    for fault in faults:
        click.echo(str(fault), err=True)
    click.echo(f"{len(examples)} segments, {len(faults)} faults")
    if faults:
        sys.exit(BAD_INPUT)
