"""The nouns: what the stages pass on to each other."""
