"""优惠券: verifying and redeeming at the counter."""
