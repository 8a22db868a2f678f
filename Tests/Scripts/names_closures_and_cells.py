def outer():
    n = 0
    def inner():
        nonlocal n
        n += 1
        return n
    return inner
o = outer(); o(); print(o(), o.__closure__[0].cell_contents, o.__code__.co_freevars)
def param_cell(a, b):
    def g(): return a
    a += 1
    return g(), b, sorted(locals())
print(param_cell(1, 2))
fs = [lambda: i for i in range(3)]
print([f() for f in fs], [f() for f in [lambda i=i: i for i in range(3)]])
def early():
    def g(): return later
    try: g()
    except NameError as e: print(e)
    later = 1
    return g()
print(early())
counter = 1
def bump():
    global counter
    counter += 1
bump(); print(counter)
for name in "len", "counter":
    print(eval(name) is not None)
len = 5
print(len)
del len
print(len([1]))
exec("q = 3", globals()); print(q)
ns = {}
exec("a = 1\ndef f(): return a", ns)
ns["a"] = 7
print(ns["f"](), eval("a + 1", ns), eval("x", {}, {"x": 2}))
def loc():
    z = 1
    exec("z = 2")
    return z, sorted(locals().items())
print(loc())

# expect: 2 2 ('n',)
# expect: (2, 2, ['a', 'b', 'g'])
# expect: [2, 2, 2] [0, 1, 2]
# expect: free variable 'later' referenced before assignment in enclosing scope
# expect: 1
# expect: 2
# expect: True
# expect: True
# expect: 5
# expect: 1
# expect: 3
# expect: 7 8 2
# expect: (1, [('z', 1)])
