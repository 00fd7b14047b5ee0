"""What the demo shows of the time after the results."""
