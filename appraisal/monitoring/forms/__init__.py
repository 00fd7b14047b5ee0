"""What the browser may send, by what a person does."""
