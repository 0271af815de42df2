"""Other people's files into the book: clients and their purchases from CSV, workbooks and vCards."""
