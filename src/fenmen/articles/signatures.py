"""The office and the day below a notice, with which it ends."""

import re
from collections.abc import Sequence

from fenmen.articles.lines import Line

_OFFICE = re.compile(
    "[^，。；：！？]{2,28}(?:局|会|中心|组|公司|院|社|部|办公室|办|厅|府|处|所|队|校|站|团|委|馆|银行|基金|联合体)"
)
_FIGURE = "[〇○零一二三四五六七八九十]"
_DAY = re.compile(
    r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
    rf"|{_FIGURE}{{4}}年{_FIGURE}{{1,3}}月{_FIGURE}{{1,3}}日"
)


def signature_end(lines: Sequence[Line], number: int) -> int:
    """The line after office and day that begin at line `number`; `number` if there are none."""
    if not 0 < number < len(lines) - 1 or not lines[number - 1].ends_sentence:
        return number
    signed = _OFFICE.fullmatch(lines[number].words) and _DAY.fullmatch(lines[number + 1].words)
    return number + 2 if signed else number
