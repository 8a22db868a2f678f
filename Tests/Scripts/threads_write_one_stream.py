# Threads that write lines to one text stream lose none and write none twice, though a flush gives up the lock.
import os, tempfile, threading

path = os.path.join(tempfile.mkdtemp(), 'lines')
wrong = 0
for buffering in (1, 64):
    for k in range(20):
        start = threading.Event()
        with open(path, 'w', encoding='utf-8', buffering=buffering) as stream:
            def run(n):
                start.wait()
                stream.write('Thread%03d\n' % n)
            threads = [threading.Thread(target=run, args=(n,)) for n in range(20)]
            for thread in threads: thread.start()
            start.set()
            for thread in threads: thread.join()
        with open(path, encoding='utf-8') as stream: lines = stream.read().split('\n')
        wrong += sorted(lines) != sorted(['Thread%03d' % n for n in range(20)] + [''])
print(wrong)
# expect: 0
