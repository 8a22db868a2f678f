def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw

print(f(1, c=3))
print(f(1, 2, 3, 4, c=5, e=6))
print(f(*[1, 2], **{"c": 3, "z": 9}))
for call in (
    "f()", "f(1)", "f(1, 2, c=3, a=4)", "(lambda: 0)(1)", "(lambda x, y=1: 0)()", "(lambda x, y=1: 0)(1, 2, 3)",
    "(lambda *, k: 0)()", "(lambda *, k, m, n: 0)()", "f(*5, c=1)", "f(1, **5)", "f(1, c=2, **{'c': 3})",
    "(lambda p, /: 0)(p=1)", "(lambda a, b, c: 0)()", "(lambda a: 0)(1, b=2)", "(lambda a, *, b=1: 0)(1, 2, b=3)",
):
    try:
        print(eval(call))
    except TypeError as error:
        print(error)

# expect: (1, 2, (), 3, 4, {})
# expect: (1, 2, (3, 4), 5, 4, {'e': 6})
# expect: (1, 2, (), 3, 4, {'z': 9})
# expect: f() missing 1 required positional argument: 'a'
# expect: f() missing 1 required keyword-only argument: 'c'
# expect: f() got multiple values for argument 'a'
# expect: <lambda>() takes 0 positional arguments but 1 was given
# expect: <lambda>() missing 1 required positional argument: 'x'
# expect: <lambda>() takes from 1 to 2 positional arguments but 3 were given
# expect: <lambda>() missing 1 required keyword-only argument: 'k'
# expect: <lambda>() missing 3 required keyword-only arguments: 'k', 'm', and 'n'
# expect: __main__.f() argument after * must be an iterable, not int
# expect: __main__.f() argument after ** must be a mapping, not int
# expect: __main__.f() got multiple values for keyword argument 'c'
# expect: <lambda>() got some positional-only arguments passed as keyword arguments: 'p'
# expect: <lambda>() missing 3 required positional arguments: 'a', 'b', and 'c'
# expect: <lambda>() got an unexpected keyword argument 'b'
# expect: <lambda>() takes 1 positional argument but 2 positional arguments (and 1 keyword-only argument) were given
