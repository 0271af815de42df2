"""客户: segments and tags, the list, and one client's portrait."""
