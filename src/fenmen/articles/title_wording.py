"""What the single characters of a headline line, and its two ends, say of it being the title."""

from collections.abc import Iterator, Mapping
from functools import cache

from fenmen.articles.title_weights import WORDING_WEIGHTS

_EDGE = 2  # characters at either end that are looked up, together and the outermost alone


def wording_score(text: str) -> float:
    """How much the wording of a line sounds like a title, by weights learned on pairs of lines."""
    weights = _weights()
    return sum(weights.get(sign, 0.0) for sign in signs_of(text))


def signs_of(text: str) -> Iterator[str]:
    """The characters of a line, each once, then its first and last ones: 为, ^为, ^为孩, 年$."""
    text = text.replace(" ", "")
    yield from sorted(set(text))
    for length in range(1, _EDGE + 1):
        yield f"^{text[:length]}"
        yield f"{text[-length:]}$"


@cache
def _weights() -> Mapping[str, float]:
    """The weight of each sign."""
    return {sign: weight for weight, signs in WORDING_WEIGHTS.items() for sign in signs.split()}
