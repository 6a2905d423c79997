"""A simulated school year: its schools, what happens in them, and the calendar it is held to."""
