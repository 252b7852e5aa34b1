"""What `scripts/make_sample` draws, speaks and films: the brand kit and the three sample services."""
