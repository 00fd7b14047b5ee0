"""What citizens and colleagues say in the demo city, one module for each room of `feedback`."""
