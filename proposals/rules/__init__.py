"""The law and the house rules as plain Python: no Django, no I/O but the law data files."""
