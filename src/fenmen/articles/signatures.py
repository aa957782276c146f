"""What is enclosed with a notice, the office and the day below it, with which it ends."""

import re
from collections.abc import Sequence

from fenmen.articles.lines import Line

_OFFICE = re.compile(
    "[^，。；：！？]{2,28}(?:局|会|中心|组|公司|院|社|部|办公室|办|厅|府|处|所|队|校|站|团|委|馆|银行|基金|联合体)"
)
_ENCLOSED = re.compile("附件\\d?[:：][^。]{2,60}")
_FIGURE = "[〇○零一二三四五六七八九十]"
_DAY = re.compile(
    r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
    rf"|{_FIGURE}{{4}}年{_FIGURE}{{1,3}}月{_FIGURE}{{1,3}}日"
)


def signature_end(lines: Sequence[Line], number: int) -> int:
    """The line after office and day that begin at line `number`; `number` if there are none."""
    if number == 0 or not lines[number - 1].ends_sentence:
        return number
    first = number
    while first < len(lines) and _ENCLOSED.fullmatch(lines[first].words):
        first += 1
    office, day = ([line.words for line in lines[first : first + 2]] + ["", ""])[:2]
    return first + 2 if _OFFICE.fullmatch(office) and _DAY.fullmatch(day) else number
