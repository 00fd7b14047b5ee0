"""What one begins to write from: good examples for a post, and last year's plan."""
