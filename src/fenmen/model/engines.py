"""jieba and rjieba, each as a private engine that no other code in the process can change."""

import importlib.util
import sys
import warnings
from collections.abc import Sequence
from functools import lru_cache
from types import ModuleType
from typing import Any, Literal, Protocol, cast, get_args

from fenmen.errors import FenmenError
from fenmen.model.dictionary import UserWord
from fenmen.simplified import simplify

EngineName = Literal["rjieba", "jieba"]
# A copy of jieba under a name of ours: jieba's del_word also writes to a set that all its
# instances share, so that a stranger's call in this process would change our tokens.
PRIVATE_JIEBA = "_fenmen_private_jieba"


class Engine(Protocol):
    """Cuts text into words with jieba's dictionary and HMM."""

    def cut(self, text: str) -> list[str]:
        """The words of the text; joined they give the text."""
        ...

    def cut_for_search(self, text: str) -> list[str]:
        """The words of the text, each after the shorter words that stand within it."""
        ...

    def has_word(self, word: str) -> bool:
        """Whether the dictionary holds the word."""
        ...


@lru_cache(maxsize=8)
def engine_of(name: str, user_words: tuple[UserWord, ...]) -> Engine:
    """The engine of that name with these words; the same vocabulary gets the same engine.

    Raises:
        FenmenError: E_TOKENS for an unknown name.
    """
    build = _build_jieba if known_engine(name) == "jieba" else _build_rjieba
    return build(user_words)


def known_engine(name: str) -> EngineName:
    """The name, if an engine is called so.

    Raises:
        FenmenError: E_TOKENS.
    """
    for known in get_args(EngineName):
        if name == known:
            return cast(EngineName, known)
    raise FenmenError(
        "E_TOKENS",
        where="tokens",
        what=f"no engine is called {name!r}",
        fix=f"choose one of {', '.join(get_args(EngineName))}",
    )


def _build_rjieba(user_words: Sequence[UserWord]) -> Engine:
    import rjieba

    engine = rjieba.Jieba()
    for word in user_words:
        engine.add_word(simplify(word.word), word.frequency, word.tag)
    return engine


def _build_jieba(user_words: Sequence[UserWord]) -> Engine:
    module = _private_jieba()
    engine = module.Tokenizer()
    # initialize() would load a marshal file from the shared temporary folder, which anybody
    # there can replace; building the dictionary takes about a second and trusts nobody.
    engine.FREQ, engine.total = engine.gen_pfdict(engine.get_dict_file())
    engine.initialized = True
    for word in user_words:
        engine.add_word(simplify(word.word), word.frequency, word.tag)
    return _Jieba(engine)


@lru_cache(maxsize=1)
def _private_jieba() -> ModuleType:
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise FenmenError(
            "E_TOKENS", where="tokens", what="jieba is not installed", fix="pip install jieba"
        )
    spec = importlib.util.spec_from_file_location(
        PRIVATE_JIEBA,
        found.origin,
        submodule_search_locations=list(found.submodule_search_locations or ()),
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[PRIVATE_JIEBA] = module
    with warnings.catch_warnings():
        # jieba 0.42 has invalid escapes in its patterns and asks for pkg_resources.
        warnings.simplefilter("ignore")
        spec.loader.exec_module(module)
    return module


class _Jieba:
    """jieba's Tokenizer with the method names of rjieba."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def cut(self, text: str) -> list[str]:
        """See Engine."""
        words: list[str] = self._tokenizer.lcut(text)
        return words

    def cut_for_search(self, text: str) -> list[str]:
        """See Engine."""
        words: list[str] = self._tokenizer.lcut_for_search(text)
        return words

    def has_word(self, word: str) -> bool:
        """See Engine."""
        return bool(self._tokenizer.FREQ.get(word))
