"""From segments to scores: tokens, views, training, the folded model and its bundle."""
