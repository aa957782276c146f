"""fenmen tag: pages and tables of articles to their topics."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fenmen.cli.options import (
    BAD_INPUT,
    digest_option,
    encoding_option,
    json_option,
    model_option,
    paths_argument,
    print_json,
    readable_pages,
    reported_faults,
)

if TYPE_CHECKING:
    from fenmen.articles.article import Article, Page
    from fenmen.articles.rows import Columns
    from fenmen.tagging.settings import Settings
    from fenmen.tagging.tagger import Tagger

Command = Callable[..., Any]


def _options(*options: Command) -> Command:
    """Several options as one decorator, in their order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


output_options = _options(
    click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write .jsonl, .csv, .tsv or .parquet; .gz or .zst may follow.",
    ),
    click.option("--errors", type=click.Path(path_type=Path), help="List the bad rows here."),
    click.option("--restart", is_flag=True, help="Begin the output anew instead of going on."),
    click.option("--summary", type=click.Path(path_type=Path), help="Write the figures as JSON."),
    click.option("--quiet", is_flag=True, help="No progress bar and no summary."),
)
table_options = _options(
    click.option("--text-column", default="", help="The column with the text.  [default: text]"),
    click.option("--title-column", default="", help="The column with the title.  [default: title]"),
    click.option("--id-column", default="", help="The column with the id.  [default: id]"),
    click.option(
        "--input-format",
        type=click.Choice(["jsonl", "csv", "tsv", "parquet"]),
        help="Read the inputs as tables, whatever they are called.",
    ),
    click.option("--limit", type=click.IntRange(1), help="Only the first rows (or page files)."),
)
telling_options = _options(
    click.option("--topics", default="", help="Only these topics: ids with commas between them."),
    click.option(
        "--min-probability",
        type=click.FloatRange(0, 1),
        default=0.0,
        help="Leave out tags below this, even above their topic's threshold.",
    ),
    click.option("--evidence/--no-evidence", default=True, help="The words that decided a tag."),
    click.option(
        "--segments/--no-segments",
        default=None,
        help="The probabilities of each segment.  [default: in JSON lines]",
    ),
)
speed_options = _options(
    click.option(
        "--jobs", type=click.IntRange(0), default=0, help="Processes.  [default: by the input]"
    ),
    click.option(
        "--batch-size", type=click.IntRange(1), default=64, help="Articles scored together."
    ),
)


@click.command()
@paths_argument
@encoding_option
@json_option
@output_options
@table_options
@telling_options
@speed_options
@model_option
@digest_option
def tag(paths: tuple[str, ...], model: str, expect_digest: str | None, **given: Any) -> None:
    """Tag every article with its topics.

    Takes pages (.txt, .md, folders of them) and tables of articles (.csv, .tsv, .jsonl, .parquet,
    also .gz and .zst). Each article gets its topics with their probability and the words that
    decided them, and a status: tagged, no_topic, or review where a person should look.

    With -o a run that was stopped goes on where it was when the same command is run again.
    """
    from fenmen.tagging.tagger import load_tagger

    tagger = load_tagger(model, expect_digest=expect_digest)
    if given["output"] is not None:
        from fenmen.cli.batch import tag_into_file

        sys.exit(tag_into_file(paths, tagger, given))
    _check_topics(tagger, settings_of(given))
    if given["input_format"] or any(_is_table(path) for path in paths):
        from fenmen.cli.batch import print_rows

        sys.exit(print_rows(paths, tagger, given))
    with reported_faults() as faults:
        articles = _articles(readable_pages(paths, given["encoding"], faults))
        tagged = tagger.tag_many(articles, settings_of(given))
        if given["as_json"]:
            print_json(article.as_dict() for article in tagged)
        else:
            from fenmen.tables import print_table, tagged_table

            print_table(tagged_table(tagged))


def settings_of(given: dict[str, Any]) -> "Settings":
    """What the options say about how to tag."""
    from fenmen.tagging.settings import Settings

    topics = tuple(topic.strip() for topic in given["topics"].split(",") if topic.strip())
    segments = given["segments"]
    return Settings(
        topics=topics,
        min_probability=given["min_probability"],
        evidence=given["evidence"],
        segments=True if segments is None else segments,
        batch_size=given["batch_size"],
    )


def columns_of(given: dict[str, Any]) -> "Columns":
    """What the options say about the columns of tables."""
    from fenmen.articles.rows import Columns

    return Columns(given["text_column"], given["title_column"], given["id_column"])


def _check_topics(tagger: "Tagger", settings: "Settings") -> None:
    from fenmen.tagging.settings import wanted_topics

    wanted_topics(tagger.ids, settings.topics)


def _is_table(path: str) -> bool:
    from fenmen.articles.streams import split_ending

    return bool(split_ending(path)[0]) and not Path(path).is_dir()


def _articles(pages: "Iterable[Page]") -> "Iterator[Article]":
    return (article for page in pages for article in page.articles)


__all__ = ["BAD_INPUT", "columns_of", "settings_of", "tag"]
