"""业绩: what the guide's work has brought."""
