"""How far two words are from each other."""


def slips(word: str, wanted: str) -> int:
    """Damerau-Levenshtein distance, counted up to three: letters put in, left out, mistaken, or two swapped."""
    if word == wanted:
        return 0
    if abs(len(word) - len(wanted)) > 2:
        return 3
    rows = [list(range(len(wanted) + 1))]
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, other in enumerate(wanted, 1):
            step = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != other))
            if i > 1 and j > 1 and (letter, word[i - 2]) == (wanted[j - 2], other):
                step = min(step, rows[-2][j - 2] + 1)
            row.append(step)
        rows = [rows[-1], row]
        if min(map(min, rows)) > 2:
            return 3
    return min(3, rows[-1][-1])
