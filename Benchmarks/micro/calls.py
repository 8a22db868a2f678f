from functools import partial, lru_cache, reduce, cmp_to_key


def _one(a): return a
def _defaults(a, b=1, c=2): return a
def _stars(*args): return args
def _keywords(**kwargs): return kwargs
def _only(a, *, b): return b


def call_positional(n):
    for i in range(n): _one(i)

def call_defaults(n):
    for i in range(n): _defaults(i)

def call_keywords(n):
    for i in range(n): _defaults(i, c=3)

def call_keyword_only(n):
    for i in range(n): _only(i, b=2)

def call_star_args(n):
    args = (1, 2)
    for i in range(n): _defaults(*args)

def call_into_args(n):
    for i in range(n): _stars(i, 2)

def call_star_kwargs(n):
    kwargs = {"b": 1}
    for i in range(n): _defaults(i, **kwargs)

def call_into_kwargs(n):
    for i in range(n): _keywords(a=i)

def call_lambda(n):
    f = lambda x: x
    for i in range(n): f(i)

def call_partial(n):
    f = partial(_defaults, 1)
    for i in range(n): f(i)

def call_lru_cache(n):
    f = lru_cache(None)(_one)
    for i in range(n): f(3)

def call_decorated(n):
    def decorate(f):
        def inner(*args, **kwargs): return f(*args, **kwargs)
        return inner
    f = decorate(_defaults)
    for i in range(n): f(i, c=3)

def call_builtin_len(n):
    x = [1]
    for i in range(n): len(x)

def call_isinstance(n):
    for i in range(n): isinstance(i, int)

def call_isinstance_tuple(n):
    for i in range(n): isinstance(i, (str, int))

def call_min_two(n):
    for i in range(n): min(i, 5)

def call_max_key(n):
    x = [3, 1, 2, 5, 4]
    for i in range(n): max(x, key=_one)

def call_sum_list(n):
    x = list(range(20))
    for i in range(n): sum(x)

def call_any_generator(n):
    x = [0, 0, 0, 0, 1]
    for i in range(n): any(k for k in x)

def map_lambda(n):
    x = list(range(20))
    for i in range(n): list(map(lambda k: k + 1, x))

def filter_lambda(n):
    x = list(range(20))
    for i in range(n): list(filter(lambda k: k & 1, x))

def map_builtin(n):
    x = list(range(20))
    for i in range(n): list(map(str, x))

def reduce_lambda(n):
    x = list(range(20))
    for i in range(n): reduce(lambda a, b: a + b, x)

def sorted_key_lambda(n):
    x = [(k * 7) % 20 for k in range(20)]
    for i in range(n): sorted(x, key=lambda k: -k)

def sorted_cmp_to_key(n):
    x = [(k * 7) % 20 for k in range(20)]
    key = cmp_to_key(lambda a, b: a - b)
    for i in range(n): sorted(x, key=key)

def sorted_plain(n):
    x = [(k * 7) % 20 for k in range(20)]
    for i in range(n): sorted(x)

def getattr_builtin(n):
    class C: a = 1
    c = C()
    for i in range(n): getattr(c, "a")

def recursion(n):
    def down(k): return 0 if k == 0 else down(k - 1)
    for i in range(n): down(10)
