"""What is read: which libraries are active, what they ask their authors, and a content as a package."""
