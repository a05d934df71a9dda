def windows(text, context):
    examples = []
    for place in range(1, len(text) - context):
        examples.append((text[place : place + context], text[place + context]))
    return examples
