"""Speed and size, printed and never asserted: python -m bench."""
