"""The pages of the results: public ones, open data, and those of the officers."""
