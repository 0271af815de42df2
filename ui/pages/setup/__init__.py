"""The first minute with the program: joining head office, or a look at the demo."""
