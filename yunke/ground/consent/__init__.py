"""Who agreed to which purpose, for which kind of data, in which words, until when."""
