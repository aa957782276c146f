"""The rule that every model must beat: two or more seed words of a topic in a text."""

from collections.abc import Sequence

import numpy as np

from fenmen.evaluation.metrics import Bools
from fenmen.taxonomy import Taxonomy

HITS = 2


def keyword_rule(texts: Sequence[str], taxonomy: Taxonomy, hits: int = HITS) -> Bools:
    """Decide each topic by counting its seed words; (n_texts, n_topics)."""
    counts = [
        [sum(text.count(word) for word in topic.seed_words) for topic in taxonomy.topics]
        for text in texts
    ]
    return np.array(counts).reshape(len(texts), len(taxonomy.topics)) >= hits
