"""fenmen tag: pages and tables of articles to their topics."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fenmen.cli.options import (
    digest_option,
    encoding_option,
    json_option,
    model_option,
    paths_argument,
)
from fenmen.tagging.settings import BATCH

if TYPE_CHECKING:
    from fenmen.articles.rows import Columns
    from fenmen.tagging.settings import Settings
    from fenmen.tagging.stories import Asked
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
        help="Write .xlsx, .csv, .tsv, .jsonl or .parquet; .gz or .zst may follow text.",
    ),
    click.option("--errors", type=click.Path(path_type=Path), help="List the bad rows here."),
    click.option("--restart", is_flag=True, help="Begin the output anew instead of going on."),
    click.option("--summary", type=click.Path(path_type=Path), help="Write the figures as JSON."),
    click.option("--quiet", is_flag=True, help="No progress bar and no summary."),
)
table_options = _options(
    click.option(
        "--text-column",
        default="",
        help="The column with the text.  [default: text, body, 正文, 内容, content …]",
    ),
    click.option(
        "--title-column",
        default="",
        help="The column with the title.  [default: title, 标题, 题目, headline …]",
    ),
    click.option("--id-column", default="", help="The column with the id.  [default: id, 编号]"),
    click.option(
        "--input-format",
        type=click.Choice(["jsonl", "csv", "tsv", "parquet"]),
        help="Read the inputs as tables, whatever they are called.",
    ),
    click.option("--limit", type=click.IntRange(1), help="Only the first rows (or page files)."),
)
reprint_options = _options(
    click.option(
        "--reprints",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Find reprints of a story, in these inputs and in those of earlier runs with the same "
        "FILE, an index that is made if absent and holds no text. Each row tells its cluster, "
        "first_source and outlets.",
    ),
    click.option(
        "--once",
        is_flag=True,
        help="Tag each story once, where it is printed first; its reprints get the status reprint, "
        "with the cluster as reason. Without --reprints among these inputs alone.",
    ),
    click.option(
        "--source-column",
        default="",
        help="The column with the outlet, for reprints.  [default: 来源, 媒体, source …]",
    ),
    click.option(
        "--date-column",
        default="",
        help="The column with the day, for reprints.  [default: 日期, date …]",
    ),
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
        "--batch-size", type=click.IntRange(1), default=BATCH, help="Articles scored together."
    ),
)


@click.command()
@paths_argument
@encoding_option
@json_option
@output_options
@table_options
@telling_options
@reprint_options
@speed_options
@model_option
@digest_option
def tag(paths: tuple[str, ...], model: str, expect_digest: str | None, **given: Any) -> None:
    """Tag every article with its topics.

    Takes pages (text in any Chinese encoding, PDF, saved web pages, Word, Excel, mail), tables of
    articles (.csv, .tsv, .jsonl, .parquet, also .gz and .zst), and folders of all these, by their
    content. Each article gets its topics with their probability and the words that
    decided them, and a status: tagged, no_topic, or review where a person should look.

    With -o a run that was stopped goes on where it was when the same command is run again.

    The same story in several outlets, with another headline, cut or added to, is found with
    --reprints or --once; all inputs are then read twice, since who printed a story is known only
    at the end.
    """
    tagger = _load(model, expect_digest)
    if given["output"] is not None:
        from fenmen.cli.batch import tag_into_file

        sys.exit(tag_into_file(paths, tagger, given))
    from fenmen.cli.printing import print_told

    sys.exit(print_told(paths, tagger, given))


def _load(model: str, expect_digest: str | None) -> "Tagger":
    """The tagger; what is loaded stays, so nobody need walk through it to find garbage."""
    gc.disable()
    try:
        from fenmen.tagging.tagger import load_tagger

        return load_tagger(model, expect_digest=expect_digest)
    finally:
        gc.freeze()
        gc.enable()


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

    return Columns(*(given[f"{role}_column"] for role in ("text", "title", "id", "source", "date")))


def asked_of(given: dict[str, Any]) -> "Asked | None":
    """What the options ask about reprints, if anything."""
    if given["reprints"] is None and not given["once"]:
        return None
    from fenmen.tagging.stories import Asked

    return Asked(given["reprints"], given["once"])


__all__ = ["asked_of", "columns_of", "settings_of", "tag"]
