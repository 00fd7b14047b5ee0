"""The pages of strategies, matrices, roles and the tree."""
