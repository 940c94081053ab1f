"""An app beside `h5p_lite` for projects with Wagtail: choosing a content in the editor, and a block that plays it."""
