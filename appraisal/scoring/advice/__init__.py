"""What informs about ratings and never changes one: the rater's mirror, and what would have made a difference."""
