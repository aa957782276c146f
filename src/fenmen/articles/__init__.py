"""From bytes to articles and segments."""
