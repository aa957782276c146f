"""fenmen (分门): files Chinese newspaper and web articles under the right topics.

import fenmen
tagger = fenmen.load("models/default")
for article in fenmen.read("page.txt"):
    print(article.title, [tag.topic for tag in tagger.tag(article).tags])
"""

from fenmen.articles.article import Article
from fenmen.articles.readers import read
from fenmen.errors import FenmenError
from fenmen.tagging.tagged import Tag, TaggedArticle
from fenmen.tagging.tagger import Tagger
from fenmen.tagging.tagger import load_tagger as load

__all__ = ["Article", "FenmenError", "Tag", "TaggedArticle", "Tagger", "load", "read"]
