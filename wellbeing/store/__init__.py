"""What is kept between sessions: counts of the fixed menu and what people decided. Never rows of pupils."""
