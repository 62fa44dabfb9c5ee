"""Names that Python, numpy and other libraries have removed or changed since 2019."""
