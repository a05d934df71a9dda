def probabilities(text, character):
    counts = {}
    for place in range(len(text) - 1):
        before, after = text[place], text[place + 1]
        if after == character:
            counts[before] = counts.get(before, 0) + 1
    total = sum(counts.values())
    return {after: count / total for after, count in counts.items()}
