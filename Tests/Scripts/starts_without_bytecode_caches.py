# A standard library whose __pycache__ folders are missing and cannot be written: everything is compiled at start-up.
import os
import subprocess
import sys
import tempfile

lib = os.path.dirname(os.__file__)
with tempfile.TemporaryDirectory() as home:
    target = os.path.join(home, "lib", "python3.10")
    for folder in ("", "importlib", "encodings", "collections", "re"):
        source = os.path.join(lib, folder)
        if not os.path.isdir(source):
            continue
        os.makedirs(os.path.join(target, folder))
        for name in os.listdir(source):
            if name.endswith(".py"):
                os.symlink(os.path.join(source, name), os.path.join(target, folder, name))
    program = "import collections, re, sys; print(sys.prefix == %r, re.sub('a', 'b', 'banana'))" % home
    done = subprocess.run([sys.executable, "-B", "-S", "-c", program], capture_output=True, text=True,
                          env={**os.environ, "PYTHONHOME": home})
    print(done.stdout.strip(), done.stderr.strip().replace(home, "HOME")[-300:], done.returncode)
    print([folder for folder, _, _ in os.walk(home) if folder.endswith("__pycache__")])
# expect: True bbnbnb  0
# expect: []
