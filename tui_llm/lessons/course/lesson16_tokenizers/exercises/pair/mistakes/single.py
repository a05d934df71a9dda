def best_pair(words):
    counts = {}
    for tokens in words:
        for token in tokens:
            counts[token] = counts.get(token, 0) + 1
    return max(counts, key=counts.get)
