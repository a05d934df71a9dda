def windows(text, context):
    examples = []
    for place in range(len(text) - context - 1):
        examples.append((text[place : place + context], text[place + context]))
    return examples
