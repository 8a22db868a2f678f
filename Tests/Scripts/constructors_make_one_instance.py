"""However often a collection comes between the making of an instance and its `__init__`: each `__del__` has an `__init__` before it."""
class Counted:
    def __init__(self, n):
        begun.append(id(self))
        self.n = n

    def __del__(self):
        if not hasattr(self, "n"):
            strangers.append(self)
        ended.append(1)


begun, ended, strangers = [], [], []


def drop(n):
    Counted(n)


for i in range(2000):
    drop(i)
print(len(begun), len(ended) <= 2000, strangers)
# expect: 2000 True []
import gc
gc.collect()
print(len(ended))
# expect: 2000
