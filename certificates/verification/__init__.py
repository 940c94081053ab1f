"""Is a document a certificate of this city, and valid now? And how that is said."""
