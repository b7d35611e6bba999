"""The same clerks for other systems: JSON, one token for each officer, errors with article."""
