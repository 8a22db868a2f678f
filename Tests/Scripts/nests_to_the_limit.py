"""A hundred levels of each bracket, as far as CPython's tokenizer goes, wherever brackets may stand."""
def compiles(text):
    try:
        compile(text, "<nested>", "exec")
        return "compiles"
    except (SyntaxError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"

deepest = 100
for opening, closing, inner in (("(", ")", "1"), ("[", "]", "1"), ("{1:", "}", "1"), ("A(", ")", ""), ("A(x=", ")", "1")):
    pattern = opening * deepest + inner + closing * deepest
    print(opening, compiles(f"match x:\n case {pattern}: pass"))
# expect: ( compiles
# expect: [ compiles
# expect: {1: compiles
# expect: A( compiles
# expect: A(x= compiles

for opening, closing, inner in (("(", ")", "1"), ("[", "]", "1"), ("{1:", "}", "1"), ("f(", ")", ""), ("x[", "]", "1")):
    print(opening, compiles("x = " + opening * deepest + inner + closing * deepest))
# expect: ( compiles
# expect: [ compiles
# expect: {1: compiles
# expect: f( compiles
# expect: x[ compiles
print(compiles("x = " + "(" * 201 + ")" * 201))
# expect: SyntaxError: too many nested parentheses (<nested>, line 1)
