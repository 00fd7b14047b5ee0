"""The lives of a guidance, of a report on behaviour, and of a counselling."""
