"""Garbage: allocates and drops complete binary trees."""
class Tree:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


def make(depth):
    if depth == 0:
        return Tree(None, None)
    return Tree(make(depth - 1), make(depth - 1))


def check(tree):
    if tree.left is None:
        return 1
    return 1 + check(tree.left) + check(tree.right)


depth = 13
long_lived = make(depth)
for d in range(4, depth + 1, 3):
    rounds = 1 << (depth - d + 4)
    print(rounds, d, sum(check(make(d)) for _ in range(rounds)))
print(check(long_lived))
