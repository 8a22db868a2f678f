# Threads, locks with time limits, thread locals, contexts, signals while waiting, atexit.
import _contextvars, _queue, _signal, _thread, atexit

done, lock, queue = _thread.allocate_lock(), _thread.allocate_lock(), _queue.SimpleQueue()
done.acquire()
total = 0
def work(n):
    global total
    for i in range(n):
        with lock: total += 1
    queue.put(n)
for i in range(4): _thread.start_new_thread(work, (2000,))
print([queue.get() for i in range(4)], total)
print(done.acquire(True, 0.02), done.acquire(False), done.locked())

class Local(_thread._local):
    def __init__(self, start): self.x = start
local = Local(5)
local.x = 7
_thread.start_new_thread(lambda: queue.put(local.x), ())
print(queue.get(), local.x)

var = _contextvars.ContextVar("var", default=0)
context = _contextvars.copy_context()
print(context.run(lambda: (var.set(1), var.get())[1]), var.get(), context[var])

try: _signal.raise_signal(_signal.SIGINT)
except KeyboardInterrupt: print("interrupted")
_signal.signal(_signal.SIGALRM, _signal.default_int_handler)
_signal.setitimer(_signal.ITIMER_REAL, 0.05)
try: done.acquire()
except KeyboardInterrupt: print("interrupted while waiting")
def forever(): return forever2()
def forever2(): return 1
_signal.setitimer(_signal.ITIMER_REAL, 0.05)
try:
    while True: forever()
except KeyboardInterrupt: print("interrupted in a loop")

class Late:
    def __del__(self): print("deleted at the end")
late = Late()
atexit.register(print, "exit", 1)
# expect: [2000, 2000, 2000, 2000] 8000
# expect: False False True
# expect: 5 7
# expect: 1 0 1
# expect: interrupted
# expect: interrupted while waiting
# expect: interrupted in a loop
# expect: exit 1
# expect: deleted at the end
