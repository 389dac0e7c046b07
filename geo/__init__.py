"""The plan and its geography: entities, edits, stores, formats, analysis. No Qt."""
