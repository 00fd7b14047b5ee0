"""The steps of a session and of what is proposed in it."""
