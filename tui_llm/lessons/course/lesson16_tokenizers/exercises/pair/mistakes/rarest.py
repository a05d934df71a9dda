from itertools import pairwise


def best_pair(words):
    counts = {}
    for tokens in words:
        for pair in pairwise(tokens):
            counts[pair] = counts.get(pair, 0) + 1
    return min(counts, key=counts.get)
