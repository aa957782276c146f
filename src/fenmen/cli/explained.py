"""Why a page was split as it was, as lines for a reader: English with the Chinese beside it."""

from collections.abc import Iterator

from fenmen.articles.article import Page, Reason, Signal
from fenmen.articles.cue_names import BECAUSE, CUE_NAMES

_WEIGHTIEST = 6  # signals shown; all stand in the JSON
_LEAST = 0.05  # a signal that counts less is not shown
_DECIDED = {
    "begins": "begins 起",
    "goes on": "goes on in 属",
    "title": "title 标题",
    "subtitle": "subtitle 副题",
    "heading": "heading in 文中小标题",
    "stray": "of no article 无所属",
}


def explained(page: Page) -> Iterator[str]:
    """The lines that tell of each boundary and each headline."""
    yield f"{page.source}: boundaries 分篇"
    if not page.reasons:
        yield "  the file itself says where its articles begin: nothing was weighed 文件自带结构"
        return
    yield from (line for r in page.reasons if r.kind == "boundary" for line in _boundary(r))
    yield f"{page.source}: headlines 标题归属"
    yield from (_match(reason) for reason in page.reasons if reason.kind == "headline")


def _boundary(reason: Reason) -> Iterator[str]:
    why = f"{reason.because} {BECAUSE[reason.because]}" if reason.because else ""
    score = f"{reason.score:+.1f}" if reason.signals else "sure 确定"
    told = "; ".join(filter(None, (score, why)))
    yield f"  「{reason.text}…」 {_DECIDED[reason.decided]} #{reason.article} ({told})"
    weighty = [signal for signal in reason.signals if abs(_counts(signal)) >= _LEAST]
    for signal in weighty[:_WEIGHTIEST]:
        english, chinese = CUE_NAMES[signal.name]
        counted = f"{signal.value:.2f} × {signal.weight:+.2f}"
        yield f"      {_counts(signal):+.2f}  {english} {chinese} ({counted})"


def _match(reason: Reason) -> str:
    article = f" #{reason.article}" if reason.article else ""
    parts = [f"likeness 相似 {reason.score:.2f}"] if reason.article else []
    parts.append(f"{reason.because} {BECAUSE[reason.because]}")
    if reason.runner_up:
        parts.append(f"runner-up 次选 #{reason.runner_up} {reason.runner_up_score:.2f}")
    return f"  「{reason.text}」 → {_DECIDED[reason.decided]}{article} ({'; '.join(parts)})"


def _counts(signal: Signal) -> float:
    return signal.value * signal.weight
