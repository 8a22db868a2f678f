"""What `codeop` asks: whether more text could complete a statement (PyCF_ALLOW_INCOMPLETE_INPUT)."""
import codeop
import enum

for source in ("if 9==3:\n   pass\nelse:", "if 1:\n", "try:\n  a\nfinally:\n", "@a\n", "def f():\n\n", "x = (\n", "'''a\n", "a = 1", "if 1:\n  a\n", "class A: pass", "a = 'a\\", "match x:\n  case 1:\n"):
    try:
        print(repr(source), "complete" if codeop.compile_command(source) else "incomplete")
    except SyntaxError as e:
        print(repr(source), e.msg)
# expect: 'if 9==3:\n   pass\nelse:' incomplete
# expect: 'if 1:\n' incomplete
# expect: 'try:\n  a\nfinally:\n' incomplete
# expect: '@a\n' incomplete
# expect: 'def f():\n\n' incomplete
# expect: 'x = (\n' incomplete
# expect: "'''a\n" incomplete
# expect: 'a = 1' complete
# expect: 'if 1:\n  a\n' complete
# expect: 'class A: pass' incomplete
# expect: "a = 'a\\" incomplete
# expect: 'match x:\n  case 1:\n' incomplete


class Color(enum.Enum):
    red = 1


# A class asked as any object has what is in its own namespace.
print(object.__getattribute__(Color, "__doc__"), type(object.__getattribute__(int, "real")).__name__)
# expect: An enumeration. getset_descriptor
