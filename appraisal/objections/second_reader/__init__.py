"""The second reader: how he is drawn, and what of a case he gets to see (docs/adr/0021)."""
