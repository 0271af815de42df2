"""跟进: whom to contact today and why, tasks and promises."""
