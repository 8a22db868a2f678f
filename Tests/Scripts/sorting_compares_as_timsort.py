"""Which comparisons `sorted` makes can be seen: as many, and the same ones, as CPython's merges with galloping make."""
import random


class Item:
    log = []

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        self.log.append((self.value, other.value))
        return self.value < other.value


def compared(values, **keywords):
    Item.log = []
    answer = [item.value for item in sorted(map(Item, values), **keywords)]
    assert answer == sorted(values, **keywords)
    trace = 0
    for a, b in Item.log:
        trace = (trace * 1000003 + a * 31 + b) % (2**61 - 1)
    return len(Item.log), trace


random.seed(310)
few = [random.randrange(4) for _ in range(300)]
runs = [i % 97 + i // 40 for i in range(1000)]
rotated = list(range(600, 1000)) + list(range(600))
for values in (few, runs, rotated, [random.randrange(10**6) for _ in range(500)], list(range(200)) + [-1]):
    print(compared(values), compared(values, reverse=True))
# expect: (1570, 1916840513510264024) (1618, 758192959212207507)
# expect: (4487, 1493290848276502295) (4617, 1390931139322569177)
# expect: (1025, 561550669895478395) (1015, 492027186555235389)
# expect: (3823, 598671436701807666) (3823, 787737141228768472)
# expect: (202, 1296299116075506707) (415, 1219090960739666856)


class Stops(Item):
    def __lt__(self, other):
        self.log.append(1)
        if len(self.log) == self.limit:
            raise KeyError("stop")
        return self.value < other.value


# An error in the middle of any comparison leaves every item in the list.
whole = 0
for limit in range(1, 1500, 7):
    Stops.log, Stops.limit = [], limit
    Item.log = Stops.log
    items = [Stops(value) for value in rotated[300:700] + few]
    try:
        items.sort()
    except KeyError:
        whole += sorted(i.value for i in items) == sorted(rotated[300:700] + few)
print(whole)
# expect: 215
