"""Splits a page into its articles and says of everything else why it is in none."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from fenmen.articles.article import Article, Page, Reason
from fenmen.articles.boundaries import Draft, Paragraph, cut, paragraphs_of
from fenmen.articles.breaks import join_titles
from fenmen.articles.briefs import mark_briefs
from fenmen.articles.clean import encodable
from fenmen.articles.datelines import agency, below_dateline
from fenmen.articles.furniture import set_apart
from fenmen.articles.inserts import take_inserts
from fenmen.articles.labels import take_labels
from fenmen.articles.leftovers import leftovers
from fenmen.articles.lines import Line, read_lines
from fenmen.articles.marks import Mark
from fenmen.articles.reading import Block, read_blocks
from fenmen.articles.reasons import reasons_of
from fenmen.articles.records import read_header, record_headline
from fenmen.articles.script import Script
from fenmen.articles.settling import headed, settle
from fenmen.articles.titles import Headline
from fenmen.articles.traced import Traced, join
from fenmen.articles.verse import mark_verse
from fenmen.errors import FenmenError


def split_page(text: str, *, source: str = "", page: int = 1, encoding: str = "") -> Page:
    """Split the text of one page into articles.

    Every character of the text, white space aside, is in an article or in `leftovers`.

    Raises:
        FenmenError: E_EMPTY if there is nothing, E_NO_TEXT if nothing is the text of an article.
    """
    text = encodable(text)
    if not text.strip():
        raise _empty(source)
    script = Script(text)  # cues are looked for in simplified characters
    header, lines = read_header(read_lines(script.simplified))
    texts, marks = set_apart(lines)
    texts, poets = mark_verse(mark_briefs(texts))
    texts, inserted, interrupting = take_inserts(texts, _captions(marks))
    marks = [*header, *marks, *poets, *interrupting]
    blocks, labels = take_labels(_blocks(texts, is_record=bool(header)))
    blocks, marks = join_titles(blocks), [*marks, *labels]
    blocks += [Block(headline=True, lines=(line,), column=0.0) for line in inserted]
    paragraphs, tail, captions = paragraphs_of(_in_order(blocks, marks))
    if not paragraphs:
        raise _no_text(source)
    drafts, headlines, reasons = _articles_of(paragraphs, tail, header)
    bodies = [body_of(draft) for draft in drafts]
    articles = tuple(
        _article(draft, headline, body, script, source, page)
        for draft, headline, body in zip(drafts, headlines, bodies, strict=True)
    )
    kept = [part for headline in headlines for part in (headline.title, headline.subtitle)]
    rest = leftovers(text, [*kept, *bodies], blocks, captions, marks)
    return Page(source, text, encoding, articles, rest, reasons)


def content_id(title: str, body: str) -> str:
    """The id of an article: the same text has the same id wherever it stands."""
    return hashlib.blake2b(f"{title}\n{body}".encode(), digest_size=8).hexdigest()


def _blocks(texts: Sequence[Line], *, is_record: bool) -> list[Block]:
    """Headlines and paragraphs; in a record, or where all is headlines, all are paragraphs."""
    blocks = read_blocks(texts)
    if is_record or all(block.headline for block in blocks):
        blocks = [replace(block, headline=False) for block in blocks]
    return blocks


def _captions(marks: Sequence[Mark]) -> set[int]:
    return {mark.line.text.at[0] for mark in marks if mark.reason == "caption"}


def _articles_of(
    paragraphs: Sequence[Paragraph], tail: Sequence[Line], header: Sequence[Mark]
) -> tuple[list[Draft], list[Headline], tuple[Reason, ...]]:
    if header:
        return cut(paragraphs, {0}), [record_headline(header)], ()
    settled = settle(paragraphs, tail)
    headlines = headed(settled)
    return settled.drafts, headlines, reasons_of(settled, headlines)


def _in_order(blocks: Sequence[Block], marks: Sequence[Mark]) -> list[Block | Mark]:
    items: list[tuple[int, Block | Mark]] = [(block.lines[0].text.at[0], block) for block in blocks]
    items += [(mark.line.text.at[0], mark) for mark in marks]
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


def body_of(draft: Draft) -> Traced:
    """The paragraphs below the dateline, with the section headings that stood between them."""
    pieces = [below_dateline(draft.paragraphs[0].text)]
    for paragraph in draft.paragraphs[1:]:
        pieces += [line.text for line in paragraph.headlines]
        pieces.append(paragraph.text)
    return join([piece for piece in pieces if piece.text], "\n")


def _article(
    draft: Draft, headline: Headline, body: Traced, script: Script, source: str, page: int
) -> Article:
    title, text = script.as_printed(headline.title), script.as_printed(body)
    return Article(
        id=content_id(title, text),
        source=source,
        page=page,
        title=title,
        subtitle=script.as_printed(headline.subtitle),
        body=text,
        byline=script.find(draft.byline),
        credit=script.find(draft.credit or agency(draft.paragraphs[0].text.text)),
        date=draft.date,
    )


def _empty(source: str) -> FenmenError:
    fix = "give a file with text in it"
    return FenmenError("E_EMPTY", where=source or "text", what="holds no character", fix=fix)


def _no_text(source: str) -> FenmenError:
    what = "holds only decoration, navigation or captions"
    fix = "give the page with its articles, or another copy of it"
    return FenmenError("E_NO_TEXT", where=source or "text", what=what, fix=fix)
