"""The command line: split pages, tag articles, check a corpus, look into a model."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from fenmen.errors import FenmenError

if TYPE_CHECKING:
    from fenmen.articles.article import Article, Page
    from fenmen.tagging.tagged import TaggedArticle

BAD_INPUT, BAD_MODEL = 2, 3
MODEL = "models/default"


class Reported(click.Group):
    """A group of commands whose faults are one line on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; with --debug a fault keeps its traceback."""
        try:
            return super().invoke(ctx)
        except FenmenError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(str(error), err=True)
            sys.exit(BAD_MODEL if error.code.startswith("E_BUNDLE") else BAD_INPUT)


@click.group(cls=Reported, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fenmen")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """fenmen (分门) reads Chinese newspaper and web pages and files every article.

    \b
    fenmen split page.txt                 the articles of a page
    fenmen tag page.txt                   their topics, and the words that decided them
    fenmen tag pages/ -o tagged.csv       a whole folder, as a spreadsheet
    """


paths_argument = click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER|-...")
encoding_option = click.option(
    "--encoding", help="Read all files in this encoding instead of finding it out."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON line an article.")
model_option = click.option(
    "--model", default=MODEL, show_default=True, help="The folder of the trained model."
)
digest_option = click.option(
    "--expect-digest", help="Refuse a model whose manifest has another digest."
)


@main.command()
@paths_argument
@encoding_option
@json_option
@click.option("--leftovers", is_flag=True, help="Show every removed piece with its reason.")
def split(paths: tuple[str, ...], encoding: str | None, as_json: bool, leftovers: bool) -> None:
    """Split pages into articles.

    Wrapped lines are joined again, headlines are given back to their articles, and what is no
    article (captions, navigation, decoration) is kept apart: --leftovers shows it.
    """
    with _faults() as faults:
        for page in _pages(paths, encoding, faults):
            if as_json:
                _print_json(_page_lines(page, leftovers))
            else:
                _print_page(page, leftovers)


@main.command()
@paths_argument
@encoding_option
@json_option
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write a spreadsheet (.csv) or .jsonl."
)
@model_option
@digest_option
def tag(
    paths: tuple[str, ...],
    encoding: str | None,
    as_json: bool,
    output: str | None,
    model: str,
    expect_digest: str | None,
) -> None:
    """Tag every article with its topics.

    Each article gets its topics with their probability and the words that decided them, and a
    status: tagged, no_topic, or review where a person should look, with the reason.
    """
    from fenmen.tagging.tagger import load_tagger

    tagger = load_tagger(model, expect_digest=expect_digest)
    with _faults() as faults:
        articles = _articles(_pages(paths, encoding, faults))
        tagged = tagger.tag_many(articles)
        if output is not None:
            _write(tagged, Path(output))
        elif as_json:
            _print_json(article.as_dict() for article in tagged)
        else:
            _print_tagged(tagged)


@main.command()
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


@main.command()
@model_option
@digest_option
@click.option("--words", default=12, show_default=True, help="How many words of each topic.")
def show(model: str, expect_digest: str | None, words: int) -> None:
    """Show what a model is: its topics, thresholds, figures and most telling words."""
    from fenmen.tagging.tagger import load_tagger

    for line in load_tagger(model, expect_digest=expect_digest).description(words):
        click.echo(line)


@contextmanager
def _faults() -> Iterator[list[FenmenError]]:
    """Collect the faults of single files; at the end exit with 2 if there were any."""
    faults: list[FenmenError] = []
    yield faults
    if faults:
        click.echo(f"{len(faults)} of the inputs could not be read (see above)", err=True)
        sys.exit(BAD_INPUT)


def _pages(
    paths: Iterable[str], encoding: str | None, faults: list[FenmenError]
) -> "Iterator[Page]":
    """The pages that can be read; a bad one is reported at once and never stops the others."""
    from fenmen.articles.readers import read_pages

    for page in read_pages(paths, encoding=encoding):
        if isinstance(page, FenmenError):
            faults.append(page)
            click.echo(str(page), err=True)
        else:
            yield page


def _articles(pages: "Iterable[Page]") -> "Iterator[Article]":
    return (article for page in pages for article in page.articles)


def _page_lines(page: "Page", leftovers: bool) -> Iterator[dict[str, Any]]:
    from dataclasses import asdict

    yield from (asdict(article) for article in page.articles)
    if leftovers:
        yield from ({"source": page.source} | asdict(piece) for piece in page.leftovers)


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def _write(tagged: "Iterable[TaggedArticle]", path: Path) -> None:
    from fenmen.tagging.spreadsheet import write_spreadsheet

    with _opened(path) as out:
        if path.suffix == ".csv":
            write_spreadsheet(tagged, out)
        else:
            out.writelines(
                f"{json.dumps(article.as_dict(), ensure_ascii=False)}\n" for article in tagged
            )


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix not in (".csv", ".jsonl"):
        raise FenmenError(
            "E_OUTPUT",
            where=path,
            what=f"cannot write {path.suffix or 'a file without an ending'}",
            fix="name the output .csv for a spreadsheet or .jsonl for JSON lines",
        )
    try:
        out = path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise FenmenError(
            "E_OUTPUT", where=path, what=str(error.strerror), fix="choose another output"
        ) from error
    with out:
        yield out


def _print_page(page: "Page", leftovers: bool) -> None:
    from fenmen.tables import leftover_table, page_table, print_table

    print_table(page_table(page))
    if leftovers:
        print_table(leftover_table(page))


def _print_tagged(tagged: "Iterable[TaggedArticle]") -> None:
    from fenmen.tables import print_table, tagged_table

    print_table(tagged_table(tagged))
