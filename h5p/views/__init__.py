from h5p.views.files import bundle, content_file, library_file

__all__ = ["bundle", "content_file", "library_file"]
