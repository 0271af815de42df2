"""分享: a product, a template, a client; then the poster goes into a chat, onto paper or into a file."""
