"""Deeds that cross trade words in one transaction."""
