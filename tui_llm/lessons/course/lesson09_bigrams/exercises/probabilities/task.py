def probabilities(text, character):
    counts = {}
    return counts
