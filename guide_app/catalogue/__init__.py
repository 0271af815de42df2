"""商品: products, variants, prices and stock."""
