"""The frame of the report: one file, no script, nothing fetched."""

from collections.abc import Iterable, Sequence
from html import escape

# Nothing from outside may load, whatever a text in the report says.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { --ink: #1d2733; --soft: #5c6b7a; --rule: #dde3e9; --accent: #1f6f8b; --warm: #b4532a;
  --good: #2e7d4f; --bad: #b3261e; --paper: #fff; --wash: #f5f7f9; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 66rem; color: var(--ink);
  background: var(--paper); font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; line-height: 1.3; }
h2 { font-size: 1.2rem; margin: 2.6rem 0 .4rem; padding-top: .6rem;
  border-top: 2px solid var(--ink); }
h3 { font-size: 1rem; margin: 1.4rem 0 .2rem; }
p { margin: .3rem 0 .8rem; }
.soft, .note { color: var(--soft); }
.note { max-width: 46rem; font-size: .92rem; }
nav a { margin-right: 1rem; color: var(--accent); white-space: nowrap; }
.tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1rem 0; }
.tile { background: var(--wash); padding: .6rem 1rem; border-radius: 6px; min-width: 9rem; }
.tile b { display: block; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tile span { font-size: .85rem; color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .28rem .5rem; text-align: right; border-bottom: 1px solid var(--rule);
  white-space: nowrap; }
th { font-weight: 600; color: var(--soft); }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
tr.total td { font-weight: 600; }
td.heat { text-align: center; min-width: 3rem; }
.meter { display: inline-block; width: 9rem; height: .7rem; background: var(--rule);
  border-radius: 2px; vertical-align: middle; }
.meter i { display: block; height: 100%; background: var(--accent); border-radius: 2px; }
.row { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: flex-start; }
svg { max-width: 100%; height: auto; }
svg text { font: 11px system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  fill: var(--soft); }
svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg .tick { font-size: 10px; }
svg .grid { stroke: var(--rule); }
svg polyline { fill: none; stroke-linejoin: round; }
svg .curve { stroke: var(--accent); stroke-width: 2; }
svg .thin { stroke: var(--accent); stroke-width: 1.2; }
svg .ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
svg .threshold { stroke: var(--warm); stroke-width: 1.5; stroke-dasharray: 5 3; }
svg .chosen { fill: var(--warm); stroke: #fff; stroke-width: 1.5; }
svg .bin { fill: var(--accent); fill-opacity: .75; }
svg .yes { fill: var(--accent); } svg .no { fill: #a9b7c4; }
.words { line-height: 2; }
.words span { background: var(--wash); border-radius: 4px; padding: .1rem .45rem;
  margin-right: .3rem; white-space: nowrap; display: inline-block; }
.words small { color: var(--soft); }
.case { border: 1px solid var(--rule); border-radius: 6px; padding: .7rem 1rem; margin: .8rem 0; }
.case .text { white-space: pre-wrap; line-height: 1.9; margin: .4rem 0 0; }
.case mark { color: inherit; border-radius: 2px; background: none; }
.tag { display: inline-block; border-radius: 4px; padding: 0 .5rem; margin: 0 .2rem;
  background: var(--wash); }
.tag.good { background: #dff0e5; color: var(--good); }
.tag.bad { background: #fbe3e0; color: var(--bad); }
.better { color: var(--good); } .worse { color: var(--bad); }
details { margin: .5rem 0; } summary { cursor: pointer; color: var(--accent); }
@media print { body { max-width: none; } .case { break-inside: avoid; } }
""".strip()


def page(title: str, body: Iterable[str]) -> str:
    """A whole document; `body` is HTML."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], totals: int = 0) -> str:
    """A table of cells that are HTML already; the last `totals` rows stand out."""
    all_rows = list(rows)
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        ("<tr class='total'>" if place >= len(all_rows) - totals else "<tr>")
        + "".join(f"<td>{cell}</td>" for cell in row)
        + "</tr>\n"
        for place, row in enumerate(all_rows)
    )
    return f'<div class="scroll"><table>\n<tr>{head}</tr>\n{body}</table></div>'


def meter(share: float) -> str:
    """A bar from 0 to 1."""
    return f'<span class="meter"><i style="width:{100 * min(max(share, 0), 1):.0f}%"></i></span>'


def tile(figure: str, name: str, more: str = "") -> str:
    """One large figure with its name."""
    return (
        f'<div class="tile"><span>{escape(name)}</span><b>{escape(figure)}</b>'
        f"<span>{escape(more)}</span></div>"
    )


def tag(name: str, kind: str = "") -> str:
    """A topic's name on a coloured ground."""
    return f'<span class="tag {kind}">{escape(name)}</span>'


def note(text: str) -> str:
    """A paragraph that says how to read what follows."""
    return f'<p class="note">{escape(text)}</p>'


def heading(anchor: str, text: str) -> str:
    """The heading of a section."""
    return f'<h2 id="{anchor}">{escape(text)}</h2>'


def marked(text: str, words: Iterable[tuple[int, int, float]]) -> str:
    """A text with its words on grounds as strong as their weights: green for, red against."""
    weights = list(words)
    most = max((abs(weight) for _, _, weight in weights), default=0.0)
    parts, at = [], 0
    for start, end, weight in weights:
        strength = abs(weight) / most if most else 0.0
        if strength < FAINT or not text[start:end].strip():
            continue
        colour = "46,125,79" if weight > 0 else "179,38,30"
        parts += [
            escape(text[at:start]),
            f'<mark style="background:rgba({colour},{0.55 * strength:.2f})" '
            f'title="{weight:+.3f}">{escape(text[start:end])}</mark>',
        ]
        at = end
    return "".join(parts) + escape(text[at:])


FAINT = 0.12  # of the strongest word: below it a ground would not be seen
