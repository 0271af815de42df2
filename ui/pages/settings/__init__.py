"""设置: look, language, lock, data folder, backup, and what this PC is."""
