"""Finalizers that give up the interpreter lock do not pile up while threads go on making objects, not even with `gc.disable()`."""
import gc
import sys
import threading
import time


def sleeper():
    try:
        yield
    finally:
        time.sleep(0.000001)


class Node(list):
    made = []
    dead = []

    def __init__(self, items):
        self[:] = items
        Node.made.append(None)

    def __del__(self):
        Node.dead.append(None)
        next(sleeper())


def nest():
    x = Node([])
    for i in range(60):
        x = [Node([x])]


def outrun(seconds):
    """Makes nests in two threads. The most that waited for their `__del__` at a time."""
    Node.made.clear()
    Node.dead.clear()
    done = []

    def work():
        while not done:
            nest()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for t in threads:
        t.start()
    most = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.02)
        most = max(most, len(Node.made) - len(Node.dead))
    done.append(1)
    for t in threads:
        t.join()
    gc.collect()
    return most


interval = sys.getswitchinterval()
sys.setswitchinterval(1e-5)
for enabled in (True, False):
    if not enabled:
        gc.disable()
    most = outrun(0.4)
    print(enabled, len(Node.made) == len(Node.dead) > 100, "kept up" if most < 40000 else most)
gc.enable()
sys.setswitchinterval(interval)
# expect: True True kept up
# expect: False True kept up


# With collections off what hangs together in no ring goes on being freed, and rings stay.
class Ring:
    dead = 0

    def __init__(self):
        self.ring = self

    def __del__(self):
        Ring.dead += 1


class Plain:
    dead = 0

    def __del__(self):
        Plain.dead += 1


def drop(n):
    for i in range(n):
        Plain()
        if i % 1000 == 0:
            Ring()


gc.collect()
gc.disable()
drop(60000)
print(Plain.dead > 20000, Ring.dead)
# expect: True 0
gc.enable()
gc.collect()
print(Plain.dead, Ring.dead)
# expect: 60000 60
