"""From what a person types to the scheme that is meant, and to the answer out of its file."""
