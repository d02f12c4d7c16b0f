"""Mutation testing: whether any test notices when practice and stores are broken, one small change at a time."""
