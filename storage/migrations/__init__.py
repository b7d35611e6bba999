"""The steps by which the schema came to be; run by `storage.database.migrate`."""
