"""The pages of guidance and counselling, by what a person does."""
