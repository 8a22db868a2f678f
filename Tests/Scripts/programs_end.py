"""What waits for the end of a program gets its turn, whether or not anything else holds it."""
import os
import subprocess
import sys
import tempfile

directory = tempfile.mkdtemp()
path = os.path.join(directory, "out")


def run(source, *options):
    done = subprocess.run([sys.executable, "-S", *options, "-c", source, path], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


print(run("class A:\n def __del__(self): print('del')\na = A()"))
# expect: (0, 'del\n', '')
print(run("class A:\n def __del__(self): print('del')\nclass B: pass\nb = B(); b.a = A(); b.b = b"))
# expect: (0, 'del\n', '')
print(run("import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'finalize')"))
# expect: (0, 'finalize\n', '')
print(run("import sys\nf = open(sys.argv[1], 'w'); f.write('text')"), open(path).read())
# expect: (0, '', '') text
print(run("import sys\nf = open(sys.argv[1], 'wb'); f.write(b'bytes')"), open(path).read())
# expect: (0, '', '') bytes
print(run("def g():\n try: yield 1\n finally: print('finally')\nx = g(); next(x)"))
# expect: (0, 'finally\n', '')
print(run("def g():\n try: yield 1\n finally: print('finally')\nx = g()\nimport _collections_abc"))
# expect: (0, '', '')
print(run("import atexit\natexit.register(print, 'bye')\nprint('hello', end=' ')"))
# expect: (0, 'hello bye\n', '')
print(run("import sys\nsys.stdout.write('no newline')\nsys.exit(3)"))
# expect: (3, 'no newline', '')
os.remove(path)
os.rmdir(directory)
