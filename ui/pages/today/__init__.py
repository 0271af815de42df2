"""今日: whom to contact and why, what there is to do, what it has brought."""
