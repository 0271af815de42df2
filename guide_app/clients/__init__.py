"""客户: the private client book."""
