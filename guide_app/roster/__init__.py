"""当班: who works at this PC and who is acting now."""
