"""Generators: pipelines, recursion with `yield from`, send."""
class Tree:
    def __init__(self, left, label, right):
        self.left = left
        self.label = label
        self.right = right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.label
        if self.right:
            yield from self.right


def build(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Tree(build(low, middle), middle, build(middle + 1, high))


def naturals():
    n = 0
    while True:
        yield n
        n += 1


def keep(predicate, source):
    for item in source:
        if predicate(item):
            yield item


def take(n, source):
    for _ in range(n):
        yield next(source)


def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


tree = build(0, 60000)
total = sum(tree) + sum(1 for _ in tree)
pipeline = sum(take(60000, keep(lambda x: x % 3, naturals())))
machine = averager()
next(machine)
for i in range(400000):
    average = machine.send(i)
print(total, pipeline, average)
