"""Where the characters of a cleaned text stood before it was cleaned."""

from fenmen.articles.clean import encodable, trace_line


def origins(text: str, cleaned: str) -> list[int] | None:
    """For each character of `clean(text)` its place in `text`; None where both are the same."""
    if text == cleaned:
        return None
    at: list[int] = []
    offset = 0
    for line in encodable(text).splitlines(keepends=True):
        kept = trace_line(line.splitlines()[0], offset)
        if kept.text:
            if at:
                at.append(offset - 1)  # the end of the line before
            at.extend(kept.at)
        offset += len(line)
    return at
