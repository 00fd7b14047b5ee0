"""What a rating stands on: evidence that is cited, warnings that were given, and how much of the whole they cover."""
