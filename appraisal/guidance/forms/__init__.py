"""What the browser may send about guidance and counselling, by the page that sends it."""
