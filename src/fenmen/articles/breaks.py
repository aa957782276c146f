"""Joins the two lines of one title, told from two headline lines that say two things."""

from collections.abc import Sequence
from dataclasses import replace

from fenmen.articles.break_weights import BREAK_WEIGHTS
from fenmen.articles.lines import em
from fenmen.articles.reading import Block
from fenmen.articles.title_cues import is_dashed, said_first, title_cues
from fenmen.articles.traced import join
from fenmen.articles.words import begins_with_verb, ends_with_verb

_WIDEST = 18.0  # of a line of a title set in two
_NARROWEST = 3.0
_SURE = 0.5  # two headlines made one cost more than a title left in two
_TEXT = 30  # characters of a paragraph that tells something of a title
_MOST = 80  # paragraphs that are asked; few pages have more
# Cues of one line that are looked at in both.
_BOTH = (
    "place", "event ends", "about", "aside", "comma", "dash", "slogan", "somebody", "numerals",
)  # fmt: skip


def join_titles(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the lines of each title as one headline."""
    bodies = [text for text in map(_text, blocks) if len(text) > _TEXT][:_MOST]
    joined: list[Block] = []
    for block in blocks:
        if joined and _may_go_on(joined[-1], block) and _is_broken(joined[-1], block, bodies):
            above, line = joined[-1].lines[0], block.lines[0]
            whole = replace(above, text=join([above.text, line.text]))
            joined[-1] = replace(joined[-1], lines=(replace(whole, width=em(whole.words)),))
        else:
            joined.append(block)
    return joined


def _text(block: Block) -> str:
    return "" if block.headline else "".join(line.words for line in block.lines)


def _may_go_on(above: Block, block: Block) -> bool:
    """Whether two blocks are headline lines that stand together, as wide as those of titles."""
    if not (above.headline and block.headline):
        return False
    first, line = above.lines[0], block.lines[0]
    parted = line.blank_before or line.barrier_before or first.role or line.role
    dashed = is_dashed(first.words) or is_dashed(line.words)
    return not (parted or dashed) and _NARROWEST <= line.width <= _WIDEST >= first.width


def _is_broken(above: Block, block: Block, bodies: Sequence[str]) -> bool:
    return break_score(above.lines[0].words, block.lines[0].words, bodies) > _SURE


def break_score(upper: str, lower: str, bodies: Sequence[str]) -> float:
    """How surely (above 0: rather than not) two headline lines are one title; `bodies`: the
    paragraphs of their page.
    """
    return sum(
        BREAK_WEIGHTS[cue] * value for cue, value in break_cues(upper, lower, bodies).items()
    )


def break_cues(upper: str, lower: str, bodies: Sequence[str]) -> dict[str, float]:
    """The cues, each from 0 to about 2."""
    above, below = title_cues(upper, 0.0, ""), title_cues(lower, 0.0, "")
    width = em(upper) + em(lower)
    said = (min(said_first(upper, body), said_first(lower, body)) for body in bodies)
    return {
        "always": 1.0,
        "wider than 18": max(0.0, width - 18) / 10,
        "wider than 24": max(0.0, width - 24) / 10,
        "uneven": abs(em(upper) - em(lower)) / 10,
        "both said": max(said, default=0.0),
        "place only above": bool(above["place"]) and not below["place"],
        "verb first": begins_with_verb(lower),
        "verb last": ends_with_verb(upper),
        "space above": " " in upper,
        "space below": " " in lower,
        **{f"{cue} above": above[cue] for cue in _BOTH},
        **{f"{cue} below": below[cue] for cue in _BOTH},
    }
