"""Reads PDF, web, Office and mail files as pages, each parsed in a process of its own."""
