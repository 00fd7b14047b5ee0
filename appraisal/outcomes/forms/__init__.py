"""What the browser may send to this room, by the page it stands on."""
