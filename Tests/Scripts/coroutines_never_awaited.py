"""A coroutine that is dropped without having been awaited is complained of, also where nobody has imported `warnings`."""
import subprocess, sys
program = """
import gc
async def f(): pass
def drop(): f()
drop()
gc.collect()
"""
done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
print("coroutine 'f' was never awaited" in done.stderr, done.returncode)
# expect: True 0
