"""The pages of a plan, by what a person does: read it, fill it, agree on it."""
