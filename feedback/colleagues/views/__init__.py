"""The pages of feedback by colleagues, by who opens them."""
