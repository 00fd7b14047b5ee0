"""What the browser may send, by what the user does."""
