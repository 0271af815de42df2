"""商品: find a product, see what is in stock here and nearby, and how old each figure is."""
