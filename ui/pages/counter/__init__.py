"""核销: a customer's coupon at the counter, and whose sale it is."""
