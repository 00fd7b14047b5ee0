"""What the browser may send in this room."""
