"""One question a folder: README.md (question, method, table), how to run it, what came out."""
