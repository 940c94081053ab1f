"""A certificate on paper: what stands on it, the PDF, its seal."""
