"""Lists and sets: random playouts of Go with groups and liberties."""
SIZE = 9
NEIGHBOURS = [[p for p, ok in ((i - SIZE, i >= SIZE), (i + SIZE, i < SIZE * (SIZE - 1)), (i - 1, i % SIZE > 0), (i + 1, i % SIZE < SIZE - 1)) if ok]
              for i in range(SIZE * SIZE)]


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % n


class Board:
    def __init__(self):
        self.stones = [0] * (SIZE * SIZE)
        self.empty = set(range(SIZE * SIZE))
        self.captured = {1: 0, -1: 0}

    def group(self, start):
        colour = self.stones[start]
        members, liberties, todo = {start}, set(), [start]
        while todo:
            for n in NEIGHBOURS[todo.pop()]:
                stone = self.stones[n]
                if stone == 0:
                    liberties.add(n)
                elif stone == colour and n not in members:
                    members.add(n)
                    todo.append(n)
        return members, liberties

    def play(self, point, colour):
        self.stones[point] = colour
        taken = set()
        for n in NEIGHBOURS[point]:
            if self.stones[n] == -colour and n not in taken:
                members, liberties = self.group(n)
                if not liberties:
                    taken |= members
        if not taken and not self.group(point)[1]:
            self.stones[point] = 0
            return False
        self.empty.discard(point)
        for stone in taken:
            self.stones[stone] = 0
        self.empty |= taken
        self.captured[colour] += len(taken)
        return True

    def is_eye(self, point, colour):
        return all(self.stones[n] == colour for n in NEIGHBOURS[point])


def playout(random):
    board = Board()
    colour, passes, moves = 1, 0, 0
    while passes < 2 and moves < 200:
        candidates = sorted(board.empty)
        for _ in range(len(candidates)):
            point = candidates.pop(random.below(len(candidates)))
            if not board.is_eye(point, colour) and board.play(point, colour):
                passes = 0
                break
        else:
            passes += 1
        colour = -colour
        moves += 1
    return moves, sum(board.stones), board.captured[1], board.captured[-1]


random = Random(7)
totals = [0, 0, 0, 0]
for _ in range(40):
    totals = [a + b for a, b in zip(totals, playout(random))]
print(totals)
