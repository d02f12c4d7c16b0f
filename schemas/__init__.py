"""The JSON Schemas of every document, as files: ``files("intimacy_kit.schemas") / "pack.schema.json"``."""
