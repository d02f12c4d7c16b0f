"""From bytes to values: pre-flight, schemas, reading, references, and the catalog of installed packs."""
