"""Data only: icons, theme tokens, poster templates, script packs, translations."""
