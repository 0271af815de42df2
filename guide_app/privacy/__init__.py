"""隐私: consents, who looked behind the mask, what may not be kept for ever, who stands in the book twice."""
