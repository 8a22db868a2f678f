import sys

def helper(n):
    total = 0
    for i in range(n):
        total += i
    return total

class Thing:
    def __init__(self, value):
        self.value = value

    def double(self):
        result = self.value * 2
        return result

def gen(n):
    for i in range(n):
        yield i * i

def fails(x):
    try:
        return 1 / x
    finally:
        print('cleanup')

def main():
    a = helper(3)
    t = Thing(a)
    b = t.double()
    squares = list(gen(3))
    c = [q + 1 for q in squares]
    print(a, b, squares, c)
    try:
        fails(0)
    except ZeroDivisionError as e:
        print('caught', e)
    return c

main()
print('done')
