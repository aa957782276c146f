"""fenmen (分门): files Chinese newspaper and web articles under the right topics.

import fenmen
tagger = fenmen.load("models/default")
for article in fenmen.read("page.txt"):
    print(article.title, [tag.topic for tag in tagger.tag(article).tags])
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fenmen.articles.article import Article
    from fenmen.articles.readers import read
    from fenmen.errors import FenmenError
    from fenmen.tagging.tagged import Tag, TaggedArticle
    from fenmen.tagging.tagger import Tagger
    from fenmen.tagging.tagger import load_tagger as load

__all__ = ["Article", "FenmenError", "Tag", "TaggedArticle", "Tagger", "load", "read"]

# Where each name stands. Imported when it is asked for: a command starts with what it needs.
_PLACES = {
    "Article": ("articles.article", "Article"),
    "FenmenError": ("errors", "FenmenError"),
    "Tag": ("tagging.tagged", "Tag"),
    "TaggedArticle": ("tagging.tagged", "TaggedArticle"),
    "Tagger": ("tagging.tagger", "Tagger"),
    "load": ("tagging.tagger", "load_tagger"),
    "read": ("articles.readers", "read"),
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, own = _PLACES[name]
    found = getattr(importlib.import_module(f"{__name__}.{module}"), own)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
