"""Dictionaries and lists: constraint search for numbered tiles on a hexagonal board."""
DIRECTIONS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))


def cells(radius):
    return [(q, r) for q in range(-radius, radius + 1) for r in range(-radius, radius + 1) if abs(q + r) <= radius]


def neighbours(board):
    places = set(board)
    return {(q, r): [(q + a, r + b) for a, b in DIRECTIONS if (q + a, r + b) in places] for q, r in board}


def consistent(assignment, near, place):
    for spot in [place] + near[place]:
        value = assignment.get(spot)
        if value is None or value < 0:
            continue
        filled = unknown = 0
        for n in near[spot]:
            other = assignment.get(n)
            if other is None:
                unknown += 1
            elif other >= 0:
                filled += 1
        if filled > value or filled + unknown < value:
            return False
    return True


def solve(order, near, tiles, assignment, index, counter):
    if index == len(order):
        return True
    place = order[index]
    for value in sorted(tiles, reverse=True):
        if tiles[value] == 0:
            continue
        counter[0] += 1
        tiles[value] -= 1
        assignment[place] = value
        if consistent(assignment, near, place) and solve(order, near, tiles, assignment, index + 1, counter):
            return True
        del assignment[place]
        tiles[value] += 1
    return False


def puzzle(radius, holes):
    board = cells(radius)
    near = neighbours(board)
    filled = {c for i, c in enumerate(board) if i % holes}
    tiles = {-1: len(board) - len(filled)}
    for c in filled:
        value = sum(1 for n in near[c] if n in filled)
        tiles[value] = tiles.get(value, 0) + 1
    assignment, counter = {}, [0]
    found = solve(board, near, tiles, assignment, 0, counter)
    return found, counter[0], [assignment[c] for c in board][:12]


for _ in range(90):
    small, large = puzzle(2, 3), puzzle(3, 5)
print(small)
print(large)
