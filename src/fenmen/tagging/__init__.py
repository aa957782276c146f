"""From scores to tags: what an article is about, and the words that decided it."""
