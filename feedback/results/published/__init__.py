"""What leaves the room: to everybody (pages, open_data), and to managers and officers about their counters."""
