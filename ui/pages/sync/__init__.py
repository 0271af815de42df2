"""同步: are we in step with head office, what waits, what needs a decision."""
