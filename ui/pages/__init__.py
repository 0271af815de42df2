"""One folder per trade word; pages do not know each other and reach the shell by signal only."""
