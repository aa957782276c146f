"""Turns the bytes of a file into text, and says how it knew the encoding."""

import codecs
import re
from dataclasses import dataclass

from fenmen.errors import FenmenError

# The characters that make up about half of any Chinese text, in both scripts.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切防护救助灾项项环境"
    "這來個國說們為時會著過學對裡後麼沒還發當無開經頭動長現將與進實點種聲全話兒員問機給幾業間電門東風軍產萬體別處總場師書報馬張難數車應氣華關內計達義術結連遠資隊帶條變聯權該領傳紅決運輕眾強區轉量議導專觀爭濟雖壞護灾項環並於從見樣"
    "，。、；：！？“”‘’（）《》—…「」『』"
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive (docx and xlsx are such)",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF document",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SAMPLE = 20_000  # characters that are judged
_PLAUSIBLE = (
    0.25  # share of common characters; Chinese of any kind has 0.4-0.7, a wrong guess < 0.1
)
_MOST_BROKEN = 1 / 500  # characters; files that went through old mailers have one or two
_TEXT_TO_UTF8 = "save it as UTF-8, or name its encoding (utf-8, gb18030, big5, utf-16)"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, its encoding, and why that one was chosen."""

    text: str
    encoding: str
    why: str


def decode(data: bytes, *, where: str, encoding: str | None = None) -> Decoded:
    """Decode with the given encoding, strictly, or with the one that the bytes show.

    Without a given encoding a long text may hold a few broken bytes; `why` then says so.

    Raises:
        FenmenError: E_EMPTY, E_BINARY, or E_ENCODING with the place of the first wrong byte.
    """
    if not data.strip():
        raise FenmenError(
            "E_EMPTY", where=where, what="is empty", fix="give a file with text in it"
        )
    if kind := next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), ""):
        raise _binary(where, f"is {kind}, not text")
    if encoding is not None:
        return _given(data, where, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], where, name, len(mark))
            return Decoded(text, name, "byte order mark")
    return _guess(data, where)


def plausibility(text: str) -> float:
    """The share (0 to 1) of common Chinese characters among those that are not ASCII."""
    text = text[:_SAMPLE]
    foreign = [character for character in text if not character.isascii() and character.strip()]
    if not foreign:
        return 1.0 if _is_printable(text) else 0.0
    return sum(character in _COMMON for character in foreign) / len(foreign)


def _is_printable(text: str) -> bool:
    return all(character.isprintable() or character.isspace() for character in text)


def _given(data: bytes, where: str, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding).name
    except LookupError:
        raise FenmenError(
            "E_ENCODING", where=where, what=f"there is no encoding {encoding!r}", fix=_TEXT_TO_UTF8
        ) from None
    text = _strict(data, where, codec, 0).removeprefix("\ufeff")
    if plausibility(text) < _PLAUSIBLE:
        better = _best(data)
        if better and better[0] >= _PLAUSIBLE and codecs.lookup(better[1]).name != codec:
            raise FenmenError(
                "E_ENCODING",
                where=where,
                what=f"reads as nonsense in {encoding}; its bytes look like {better[1]}",
                fix=f"pass the encoding {better[1]}, or none",
            )
    return Decoded(text, codec, "given")


def _strict(data: bytes, where: str, encoding: str, offset: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        place = error.start if isinstance(error, UnicodeDecodeError) else 0
        better = _best(data)
        hint = f"try {better[1]}" if better and better[0] >= _PLAUSIBLE else _TEXT_TO_UTF8
        raise FenmenError(
            "E_ENCODING",
            where=where,
            what=f"is not {encoding}: byte 0x{data[place]:02x} at position {place + offset}",
            fix=hint,
        ) from None


def _guess(data: bytes, where: str) -> Decoded:
    best = _best(data)
    if best and best[0] >= _PLAUSIBLE:
        return Decoded(best[2], best[1], f"{best[0]:.0%} common characters{best[3]}")
    if b"\0" in data or _control_share(data) > 0.05:
        raise _binary(where, "holds bytes of no text")
    if best and best[1] == "utf-8":
        return Decoded(best[2], "utf-8", "valid UTF-8, though few common Chinese characters")
    return _damaged(data) or _refused(data, where)


def _damaged(data: bytes) -> Decoded | None:
    """A long text with hardly any broken bytes, which become U+FFFD; None if it is not that."""
    for name in ("utf-8", "gb18030", "big5hkscs"):
        text = data.decode(name, "replace")
        broken = len(re.findall("\ufffd+", text))
        if broken <= len(text) * _MOST_BROKEN and plausibility(text) >= _PLAUSIBLE:
            return Decoded(text, name, f"{broken} broken places, marked by \ufffd")
    return None


def _refused(data: bytes, where: str) -> Decoded:
    _strict(data, where, "utf-8", 0)
    raise FenmenError(
        "E_ENCODING", where=where, what="is no text in any known encoding", fix=_TEXT_TO_UTF8
    )


def _best(data: bytes) -> tuple[float, str, str, str] | None:
    """Plausibility, name, text and runner-up of the encoding that reads best; UTF-8 on a tie."""
    readings = []
    for name in _candidates(data):
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        readings.append((plausibility(text), name, text))
    readings.sort(key=lambda reading: -reading[0])
    if not readings:
        return None
    others = "".join(f", {name} {share:.0%}" for share, name, _ in readings[1:])
    return (*readings[0], others)


def _candidates(data: bytes) -> tuple[str, ...]:
    wide = ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 else ()
    return wide if b"\0" in data else ("utf-8", "gb18030", "big5hkscs", *wide)


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return sum(byte < 32 and byte not in b"\t\n\r\f" for byte in sample) / len(sample)


def _binary(where: str, what: str) -> FenmenError:
    fix = "give the text itself (.txt); take it out of other files first"
    return FenmenError("E_BINARY", where=where, what=what, fix=fix)
