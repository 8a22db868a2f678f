"""What the sections of Scripts/compare_values.py share: evaluating one case and printing its line."""
import re
import sys
import warnings

warnings.simplefilter("ignore")


def shown(value):
    """The value's repr in ASCII, long ones by their length and digest, without addresses."""
    text = re.sub(r" at 0x[0-9a-f]+", " at 0x", ascii(value)).replace("\t", "\\t")
    if len(text) > 400:
        text = f"{text[:200]} ... {len(text)} characters, {sum(i * ord(c) for i, c in enumerate(text, 1))}"
    return text


def error(e):
    try:
        return f"! {type(e).__name__}: {shown(str(e))}"
    except BaseException as inner:
        return f"! {type(e).__name__}, whose text raises {type(inner).__name__}"


def call(label, function, *arguments, **keywords):
    try:
        answer = shown(function(*arguments, **keywords))
    except BaseException as e:
        answer = error(e)
    print(re.sub(r" at 0x[0-9a-f]+", " at 0x", ascii(label))[1:-1], answer, sep="\t")


def case(expression, names):
    """Evaluates an expression in the section's names and prints it with its value or error."""
    try:
        answer = shown(eval(expression, names))
    except BaseException as e:
        answer = error(e)
    sys.stdout.write(f"{ascii(expression)[1:-1]}\t{answer}\n")


class Index:
    def __init__(self, value): self.value = value
    def __index__(self): return self.value
    def __repr__(self): return f"Index({self.value!r})"


class Float:
    def __init__(self, value): self.value = value
    def __float__(self): return self.value
    def __repr__(self): return f"Float({self.value!r})"


class Bad:
    """Everything it is asked for raises."""
    def __repr__(self): return "<bad>"
    def refuse(self, *arguments): raise ZeroDivisionError("bad")
    __index__ = __len__ = __iter__ = __bool__ = __eq__ = __lt__ = __hash__ = __float__ = __int__ = __contains__ = __getitem__ = __call__ = __add__ = __format__ = refuse


class Odd:
    """Has nothing but a repr."""
    def __repr__(self): return "<odd>"
