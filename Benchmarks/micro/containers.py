import collections, heapq, bisect, itertools, operator, copy


def list_append(n):
    x = []
    for i in range(n): x.append(i)

def list_index(n):
    x = [1, 2, 3]
    for i in range(n): x[1]

def list_slice(n):
    x = list(range(10))
    for i in range(n): x[2:8]

def list_slice_assign(n):
    x = list(range(10))
    for i in range(n): x[2:4] = (1, 2)

def list_pop_append(n):
    x = [1, 2, 3]
    for i in range(n): x.append(x.pop())

def list_insert_pop(n):
    x = list(range(10))
    for i in range(n):
        x.insert(0, i)
        x.pop(0)

def list_in(n):
    x = list(range(10))
    for i in range(n): 9 in x

def list_in_strings(n):
    x = ["ab", "cd", "ef", "gh"]
    y = "".join(["g", "h"])
    for i in range(n): y in x

def list_concat(n):
    x = [1, 2]
    for i in range(n): x + x

def list_display(n):
    for i in range(n): [i, 2, 3]

def list_compare(n):
    x, y = [1, 2, 3], [1, 2, 4]
    for i in range(n): x < y

def list_sort_ints(n):
    x = [(k * 7919) % 1000 for k in range(1000)]
    for i in range(n // 100 + 1): sorted(x)

def list_sort_strings(n):
    x = [str((k * 7919) % 1000) for k in range(1000)]
    for i in range(n // 100 + 1): sorted(x)

def list_sort_tuples(n):
    x = [((k * 7919) % 1000, k) for k in range(1000)]
    for i in range(n // 100 + 1): sorted(x)

def list_reverse_iter(n):
    x = list(range(10))
    for i in range(n):
        for y in reversed(x): pass

def list_comprehension(n):
    for i in range(n): [k for k in (1, 2, 3)]

def list_copy(n):
    x = list(range(100))
    for i in range(n): list(x)

def list_multiply(n):
    for i in range(n): [0] * 20

def tuple_display(n):
    for i in range(n): (i, 2)

def tuple_unpack(n):
    t = (1, 2)
    for i in range(n): a, b = t

def tuple_swap(n):
    a, b = 1, 2
    for i in range(n): a, b = b, a

def tuple_hash(n):
    t = (1, "a")
    for i in range(n): hash(t)

def tuple_compare(n):
    t, u = (1, 2), (1, 3)
    for i in range(n): t < u

def star_unpack(n):
    t = (1, 2, 3, 4)
    for i in range(n): a, *b = t

def dict_get_int(n):
    d = {k: k for k in range(100)}
    for i in range(n): d[50]

def dict_get_str(n):
    d = {"alpha": 1, "beta": 2}
    for i in range(n): d["beta"]

def dict_get_tuple(n):
    d = {(1, 2): 1}
    for i in range(n): d[1, 2]

def dict_get_method(n):
    d = {"alpha": 1}
    for i in range(n): d.get("beta")

def dict_set(n):
    d = {}
    for i in range(n): d["a"] = i

def dict_fill(n):
    d = {}
    for i in range(n): d[i] = i

def dict_setdefault(n):
    d = {}
    for i in range(n): d.setdefault("a", 1)

def dict_in(n):
    d = {"a": 1}
    for i in range(n): "a" in d

def dict_display(n):
    for i in range(n): {"a": i, "b": 2}

def dict_comprehension(n):
    for i in range(n): {k: k for k in (1, 2, 3)}

def dict_items(n):
    d = {k: k for k in range(10)}
    for i in range(n):
        for k, v in d.items(): pass

def dict_update_merge(n):
    d, e = {"a": 1}, {"b": 2}
    for i in range(n): {**d, **e}

def dict_pop(n):
    d = {}
    for i in range(n):
        d[i] = i
        d.pop(i)

def dict_augmented(n):
    d = {"a": 0}
    for i in range(n): d["a"] += 1

def dict_copy(n):
    d = {k: k for k in range(20)}
    for i in range(n): dict(d)

def set_add(n):
    s = set()
    for i in range(n): s.add(i & 63)

def set_in(n):
    s = set(range(100))
    for i in range(n): i in s

def set_union(n):
    s, t = {1, 2, 3}, {3, 4, 5}
    for i in range(n): s | t

def set_display(n):
    for i in range(n): {1, 2, i}

def set_from_list(n):
    x = list(range(20))
    for i in range(n): set(x)

def frozenset_key(n):
    d = {frozenset((1, 2)): 1}
    f = frozenset((1, 2))
    for i in range(n): d[f]

def defaultdict_int(n):
    d = collections.defaultdict(int)
    for i in range(n): d[i & 15] += 1

def counter_list(n):
    x = ["a", "b", "a"] * 5
    for i in range(n): collections.Counter(x)

def deque_append_popleft(n):
    d = collections.deque((1, 2, 3))
    for i in range(n):
        d.append(i)
        d.popleft()

def ordered_dict(n):
    d = collections.OrderedDict()
    for i in range(n): d[i & 15] = i

def chain_map_get(n):
    c = collections.ChainMap({"a": 1}, {"b": 2})
    for i in range(n): c["b"]

def heap_push_pop(n):
    h = list(range(50))
    for i in range(n):
        heapq.heappush(h, i & 63)
        heapq.heappop(h)

def bisect_find(n):
    x = list(range(100))
    for i in range(n): bisect.bisect(x, 55)

def enumerate_loop(n):
    x = list(range(10))
    for i in range(n):
        for k, v in enumerate(x): pass

def zip_loop(n):
    x = list(range(10))
    for i in range(n):
        for k, v in zip(x, x): pass

def zip_list(n):
    x = list(range(10))
    for i in range(n): list(zip(x, x))

def itertools_chain(n):
    x = [1, 2, 3]
    for i in range(n): list(itertools.chain(x, x))

def itertools_product(n):
    for i in range(n): list(itertools.product((1, 2), (3, 4)))

def itertools_islice(n):
    x = list(range(10))
    for i in range(n): list(itertools.islice(x, 2, 8))

def itertools_groupby(n):
    x = [1, 1, 2, 2, 3]
    for i in range(n):
        for k, g in itertools.groupby(x): pass

def itertools_permutations(n):
    for i in range(n): list(itertools.permutations((1, 2, 3)))

def itertools_count(n):
    c = itertools.count()
    for i in range(n): next(c)

def itemgetter_sort(n):
    x = [((k * 7) % 20, k) for k in range(20)]
    key = operator.itemgetter(0)
    for i in range(n): sorted(x, key=key)

def deepcopy_list(n):
    x = [1, [2, 3], {"a": 4}]
    for i in range(n // 10 + 1): copy.deepcopy(x)
