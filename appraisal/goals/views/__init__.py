"""The pages of agreements and programmes, by what a person does: read, write, sign."""
