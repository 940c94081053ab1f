"""A course leaves the desk as a package, and a package comes to the desk as a course: `courses.packages` is the format."""
