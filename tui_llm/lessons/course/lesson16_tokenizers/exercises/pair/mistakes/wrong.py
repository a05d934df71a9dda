from itertools import pairwise


def best_pair(words):
    counts = {}
    for tokens in words:
        for pair in pairwise(tokens):
            counts[pair] = len(tokens)
    return max(counts, key=counts.get)
