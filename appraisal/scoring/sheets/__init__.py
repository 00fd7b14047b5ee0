"""What is laid out to be looked at: the team side by side, what stands beside a rating, the forms C.1.1 to C.1.3."""
