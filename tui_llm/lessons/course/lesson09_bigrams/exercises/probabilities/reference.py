def probabilities(text, character):
    counts = {}
    for place in range(len(text) - 1):
        before, after = text[place], text[place + 1]
        if before == character:
            counts[after] = counts.get(after, 0) + 1
    total = sum(counts.values())
    return {after: count / total for after, count in counts.items()}
