"""What follows in the demo city once a result is final."""
