"""What is decided about people in the demo city after their quarter: achievements, and drafts compared."""
