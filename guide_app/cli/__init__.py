"""The command line: one verb a function, all work through the same services as the window."""
