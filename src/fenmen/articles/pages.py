"""Splits a page into its articles and says of everything else why it is in none."""

import hashlib
from collections.abc import Iterator, Sequence

from fenmen.articles.article import Article, Leftover, Page
from fenmen.articles.boundaries import Draft, paragraphs_of
from fenmen.articles.clean import encodable
from fenmen.articles.furniture import Mark, set_apart
from fenmen.articles.headlines import Headline
from fenmen.articles.lines import read_lines
from fenmen.articles.reading import Block, read_blocks
from fenmen.articles.settling import settle
from fenmen.articles.traced import Traced, join
from fenmen.errors import FenmenError


def split_page(text: str, *, source: str = "", page: int = 1, encoding: str = "") -> Page:
    """Split the text of one page into articles.

    Every character of the text, white space aside, is in an article or in `leftovers`.

    Raises:
        FenmenError: E_EMPTY if there is nothing, E_NO_TEXT if nothing is the text of an article.
    """
    text = encodable(text)
    if not text.strip():
        raise FenmenError(
            "E_EMPTY",
            where=source or "text",
            what="holds no character",
            fix="give a file with text in it",
        )
    lines = read_lines(text)
    texts, marks = set_apart(lines)
    blocks = read_blocks(texts)
    if not any(not block.headline for block in blocks):
        blocks = [Block(False, block.lines, block.column) for block in blocks]
    paragraphs, tail, captions = paragraphs_of(_in_order(blocks, marks))
    if not paragraphs:
        raise FenmenError(
            "E_NO_TEXT",
            where=source or "text",
            what="holds only decoration, navigation or captions",
            fix="give the page with its articles, or another copy of it",
        )
    drafts, headlines = settle(paragraphs, tail)
    bodies = [_body(draft) for draft in drafts]
    articles = tuple(
        _article(draft, headline, body, source, page)
        for draft, headline, body in zip(drafts, headlines, bodies, strict=True)
    )
    kept = [part for headline in headlines for part in (headline.title, headline.subtitle)]
    reasons = _reasons(marks, captions, blocks)
    return Page(
        source, text, encoding, articles, tuple(_leftovers(text, [*kept, *bodies], reasons))
    )


def _in_order(blocks: Sequence[Block], marks: Sequence[Mark]) -> list[Block | Mark]:
    items: list[tuple[int, Block | Mark]] = [(block.lines[0].text.at[0], block) for block in blocks]
    items += [(mark.line.text.at[0], mark) for mark in marks]
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


def _body(draft: Draft) -> Traced:
    """The paragraphs, with the section headings that stood between them."""
    pieces = []
    for number, paragraph in enumerate(draft.paragraphs):
        if number:
            pieces += [line.text for line in paragraph.headlines]
        pieces.append(paragraph.text)
    return join([piece for piece in pieces if piece.text], "\n")


def _article(draft: Draft, headline: Headline, body: Traced, source: str, page: int) -> Article:
    return Article(
        id=content_id(headline.title.text, body.text),
        source=source,
        page=page,
        title=headline.title.text,
        subtitle=headline.subtitle.text,
        body=body.text,
        byline=draft.byline,
        credit=draft.credit,
        date=draft.date,
    )


def content_id(title: str, body: str) -> str:
    """The id of an article: the same text has the same id wherever it stands."""
    return hashlib.blake2b(f"{title}\n{body}".encode(), digest_size=8).hexdigest()


def _reasons(
    marks: Sequence[Mark], captions: Sequence[Block], blocks: Sequence[Block]
) -> dict[int, str]:
    """Per offset of the source why it might be left over."""
    reasons: dict[int, str] = {}
    for block in blocks:
        for line in block.lines:
            reasons |= dict.fromkeys(line.text.at, "stray_headline" if block.headline else "byline")
    for block in captions:
        for line in block.lines:
            reasons |= dict.fromkeys(line.text.at, "caption")
    for mark in marks:
        reasons |= dict.fromkeys(mark.line.text.at, mark.reason)
    return reasons


def _leftovers(text: str, kept: Sequence[Traced], reasons: dict[int, str]) -> Iterator[Leftover]:
    """The characters that no article has, each stretch with its reason."""
    used = {offset for part in kept for offset in part.at}
    start, reason = 0, ""
    for offset, character in enumerate(text):
        if character.isspace():
            continue
        why = "" if offset in used else reasons.get(offset, "decoration")
        if why != reason:
            if reason:
                yield Leftover(start, end, text[start:end], reason)
            start, reason = offset, why
        end = offset + 1
    if reason:
        yield Leftover(start, end, text[start:end], reason)
