"""A stream of a program's own sees the pieces in which an exception is shown; what has no text or no source shows less."""
import re
import subprocess
import sys
import tempfile


def shown(program, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".py") as f:
        f.write(program)
        f.flush()
        done = subprocess.run([sys.executable, *options, f.name], capture_output=True, text=True)
    print(re.sub("0x[0-9a-f]+", "0x", done.stdout + done.stderr).replace(f.name, "FILE"), end="")


OWN = """
import sys
class Own:
    def write(self, text): sys.__stdout__.write(repr(text) + " ")
    def flush(self): sys.__stdout__.write("flush\\n")
sys.stderr = Own()
"""
shown(OWN + "try: 1 / 0\nexcept Exception: {}['k']")
# expect: flush
# expect: 'Traceback (most recent call last):\n' '  File "FILE", line 7, in <module>\n' '    ' 'try: 1 / 0' '\n' 'ZeroDivisionError' ': ' 'division by zero' '\n' '\nDuring handling of the above exception, another exception occurred:\n\n' 'Traceback (most recent call last):\n' '  File "FILE", line 8, in <module>\n' '    ' "except Exception: {}['k']" '\n' 'KeyError' ': ' "'k'" '\n' flush
# expect: flush
shown("raise SyntaxError(None, ('f', 1, 2, 'text'))")
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 1, in <module>
# expect:     raise SyntaxError(None, ('f', 1, 2, 'text'))
# expect:   File "f", line 1
# expect:     text
# expect:      ^
# expect: SyntaxError
# At the end of a file that is read line by line there is no column.
shown("if x:\n")
# expect:   File "FILE", line 1
# expect:     if x:
# expect: IndentationError: expected an indented block after 'if' statement on line 1
# By the end there is no `io` to open a source with.
shown("class C:\n    def __del__(self): raise ValueError('late')\nkeep = C()")
# expect: Exception ignored in: <function C.__del__ at 0x>
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 2, in __del__
# expect: ValueError: late
shown("print(b'a' == 97)", "-bb")
# expect: Traceback (most recent call last):
# expect:   File "FILE", line 1, in <module>
# expect:     print(b'a' == 97)
# expect: BytesWarning: Comparison between bytes and int
