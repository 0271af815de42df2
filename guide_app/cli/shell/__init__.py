"""What stands behind the window: the open book, the line to head office, search, log."""
