from itertools import pairwise


def best_pair(words):
    counts = {}
    tokens = [token for word in words for token in word]
    for pair in pairwise(tokens):
        counts[pair] = counts.get(pair, 0) + 1
    return max(counts, key=counts.get)
