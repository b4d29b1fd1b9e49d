"""The loop of errors: the error book, the weekly drill, curves, what a class does next."""
