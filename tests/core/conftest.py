"""Generated examples are judged by what they show, not by how busy the machine is."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None, max_examples=60)
settings.load_profile("unhurried")
