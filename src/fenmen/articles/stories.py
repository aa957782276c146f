"""What is told of the story that an article prints, and what an index of stories sees of it."""

from dataclasses import dataclass, replace
from typing import Any

from fenmen.articles.article import Article
from fenmen.articles.clean import encodable
from fenmen.articles.pages import content_id


@dataclass(frozen=True, slots=True)
class Story:
    """The cluster of an article: its id, who printed it first, all who printed it.

    All is empty for a row that holds no article. A `reprint` is not to be tagged again.
    """

    cluster: str = ""
    first_source: str = ""
    outlets: tuple[str, ...] = ()
    reprint: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The fields of an output line."""
        return {
            "cluster": self.cluster,
            "first_source": self.first_source,
            "outlets": list(self.outlets),
        }


NO_STORY = Story()


def print_of(article: Article) -> Article:
    """The article under a name that two different ones never share, as rows may number themselves.

    Its place and outlet always encode, as an index needs it.
    """
    return replace(
        article,
        id=content_id(article.title, article.body),
        source=encodable(article.source),
        credit=encodable(article.credit),
    )
