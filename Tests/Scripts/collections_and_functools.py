import _abc, _operator as o, _functools as f, _collections as c
def t(fn):
    try: print(fn())
    except BaseException as e: print(type(e).__name__, e)
class M(type):
    def __new__(m, name, bases, ns):
        cls = super().__new__(m, name, bases, ns)
        _abc._abc_init(cls); return cls
    def register(cls, s): return _abc._abc_register(cls, s)
    def __instancecheck__(cls, i): return _abc._abc_instancecheck(cls, i)
    def __subclasscheck__(cls, i): return _abc._abc_subclasscheck(cls, i)
class A(metaclass=M):
    def f(self): pass
    f.__isabstractmethod__=True
class B(A):
    pass
class C(A):
    def f(self): return 1
t(lambda:A()); t(lambda:B()); t(lambda:C().f()); t(lambda:isinstance(C(),A)); t(lambda:isinstance(3,A)); A.register(int); t(lambda:isinstance(3,A)); t(lambda:issubclass(bool,A)); t(lambda:issubclass(str,A))
t(lambda:[len(x) for x in _abc._get_dump(A)[:3]])
t(lambda:o.add(1,2)); t(lambda:o.itemgetter(1)([1,2])); t(lambda:o.itemgetter(1,0)('ab')); t(lambda:repr(o.itemgetter(1,0))); t(lambda:repr(o.attrgetter('a.b','c'))); t(lambda:o.attrgetter('real.imag','numerator')(3)); t(lambda:o.methodcaller('join',['a','b'])('-')); t(lambda:repr(o.methodcaller('x',1,b=2))); t(lambda:o.methodcaller('split',maxsplit=1)('a b c')); t(lambda:o.itemgetter()); t(lambda:o.concat(1,2)); t(lambda:o.indexOf([1,2],3)); t(lambda:o.countOf([1,2,1],1)); t(lambda:o._compare_digest(b'a','a')); t(lambda:o._compare_digest('a','a')); t(lambda: o.index(True)); t(lambda: o.length_hint([1,2])); t(lambda:o.itemgetter(1).__reduce__()); t(lambda:o.iadd([1],(2,)))
p=f.partial(print,1,sep='-'); t(lambda:p(2,3)); t(lambda:p(2,sep='+')); t(lambda:f.partial(p,5,end='!\n')(6)); t(lambda:repr(f.partial(int,base=2))); t(lambda:f.partial(int,base=2)('101')); t(lambda:p.func is print); p.x=3; t(lambda:p.__reduce__()[2][3]); t(lambda:f.partial(p).func is p)
t(lambda:f.reduce(o.add,range(10))); t(lambda:f.reduce(o.add,[])); t(lambda:sorted([3,1,2],key=f.cmp_to_key(lambda a,b:b-a)))
CI=lambda *a:a
calls=[]
def fn(*a,**k): calls.append((a,k)); return a
l=f._lru_cache_wrapper(fn,2,False,CI)
t(lambda:[l(1),l(2),l(1),l(3),l(1),l(2)]); t(lambda:l.cache_info()); t(lambda:l(a=1)); t(lambda:l.cache_info()); l.cache_clear(); t(lambda:l.cache_info())
l=f._lru_cache_wrapper(fn,None,True,CI)
t(lambda:[l(1),l(1.0),l(True),l(1)]); t(lambda:l.cache_info())
l=f._lru_cache_wrapper(fn,0,True,CI); l(1); t(lambda:l.cache_info())
d=c.deque(range(10),5); t(lambda:d); d.append(3); d.appendleft(9); t(lambda:d); d.rotate(2); t(lambda:d); d.rotate(-3); t(lambda:d); t(lambda:d.pop()); t(lambda:d.popleft()); d.insert(1,'x'); t(lambda:d); d.remove('x'); t(lambda:d); t(lambda:list(reversed(d))); t(lambda:d*2); t(lambda:d+d); t(lambda:d==c.deque(d)); t(lambda:d<c.deque([1])); t(lambda:c.deque([1,2])*3); t(lambda:d.index(7)); t(lambda:d.maxlen); t(lambda:d.__reduce__()[:3])
q=c.deque()
for i in range(100): q.append(i); q.appendleft(-i)
for i in range(150): q.popleft()
t(lambda:q); del q[3]; q[0]='z'; t(lambda:q); q.reverse(); t(lambda:q)
def mut():
    for i in q: q.append(1)
t(mut)
dd=c.defaultdict(list); dd['a'].append(1); t(lambda:dd); t(lambda:dd['b']); t(lambda:dd|{'c':3}); t(lambda:{'c':3}|dd); t(lambda:dd.copy()); t(lambda:dd.default_factory); t(lambda:c.defaultdict(None)['q']); t(lambda:dd.__reduce__()[:2])
od=c.OrderedDict(a=1,b=2,c=3); t(lambda:od); od.move_to_end('a'); t(lambda:od); od.move_to_end('c',last=False); t(lambda:od); t(lambda:od.popitem()); t(lambda:od.popitem(last=False)); t(lambda:od); od.update(x=1,y=2,z=3); t(lambda:list(reversed(od))); t(lambda:od.keys()); t(lambda:od.items()); t(lambda:od.values()); t(lambda:od==dict(od)); t(lambda:od==c.OrderedDict(reversed(od.items()))); t(lambda:od.keys()=={'b','x','y','z'})
for i in range(1000):
    od.move_to_end('x',last=False); od.move_to_end('y',last=False); od['q']=1; od.move_to_end('z'); od.popitem(); 
    od['z']=i
t(lambda:od); t(lambda:len(od)); t(lambda:'nope' in od)
def mut():
    for k in od: del od[k]
t(mut)
for i in range(300): od[i]=i
for i in range(300): od.move_to_end(i, last=False)
t(lambda:list(od)[:5]); t(lambda:[od.popitem(last=False) for i in range(302)][-3:]); t(lambda:od)
t(lambda:c._count_elements(dd,'ab')); 
m={}; c._count_elements(m,'abracadabra'); t(lambda:m)
class NT(tuple):
    x=c._tuplegetter(0,'doc x')
t(lambda:NT((5,)).x); t(lambda:NT.x); t(lambda:NT.x.__doc__); t(lambda:NT(()).x)
d={}
for i in range(2000): d[i]=1; d.popitem()
t(lambda:5 in d)

# expect: TypeError Can't instantiate abstract class A with abstract method f
# expect: TypeError Can't instantiate abstract class B with abstract method f
# expect: 1
# expect: True
# expect: False
# expect: True
# expect: True
# expect: False
# expect: [1, 2, 1]
# expect: 3
# expect: 2
# expect: ('b', 'a')
# expect: operator.itemgetter(1, 0)
# expect: operator.attrgetter('a.b', 'c')
# expect: (0, 3)
# expect: a-b
# expect: operator.methodcaller('x', 1, b=2)
# expect: ['a', 'b c']
# expect: TypeError itemgetter expected 1 argument, got 0
# expect: TypeError 'int' object can't be concatenated
# expect: ValueError sequence.index(x): x not in sequence
# expect: 2
# expect: TypeError a bytes-like object is required, not 'str'
# expect: True
# expect: 1
# expect: 2
# expect: (<class 'operator.itemgetter'>, (1,))
# expect: [1, 2]
# expect: 1-2-3
# expect: None
# expect: 1+2
# expect: None
# expect: 1-5-6!
# expect: None
# expect: functools.partial(<class 'int'>, base=2)
# expect: 5
# expect: True
# expect: {'x': 3}
# expect: True
# expect: 45
# expect: TypeError reduce() of empty iterable with no initial value
# expect: [3, 2, 1]
# expect: [(1,), (2,), (1,), (3,), (1,), (2,)]
# expect: (2, 4, 2, 2)
# expect: ()
# expect: (2, 5, 2, 2)
# expect: (0, 0, 2, 0)
# expect: [(1,), (1.0,), (True,), (1,)]
# expect: (1, 3, None, 3)
# expect: (0, 1, 0, 0)
# expect: deque([5, 6, 7, 8, 9], maxlen=5)
# expect: deque([9, 6, 7, 8, 9], maxlen=5)
# expect: deque([8, 9, 9, 6, 7], maxlen=5)
# expect: deque([6, 7, 8, 9, 9], maxlen=5)
# expect: 9
# expect: 6
# expect: deque([7, 'x', 8, 9], maxlen=5)
# expect: deque([7, 8, 9], maxlen=5)
# expect: [9, 8, 7]
# expect: deque([8, 9, 7, 8, 9], maxlen=5)
# expect: deque([8, 9, 7, 8, 9], maxlen=5)
# expect: True
# expect: False
# expect: deque([1, 2, 1, 2, 1, 2])
# expect: 0
# expect: 5
# expect: (<class 'collections.deque'>, ((), 5), None)
# expect: deque([50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
# expect: deque(['z', 51, 52, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99])
# expect: deque([99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88, 87, 86, 85, 84, 83, 82, 81, 80, 79, 78, 77, 76, 75, 74, 73, 72, 71, 70, 69, 68, 67, 66, 65, 64, 63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 52, 51, 'z'])
# expect: RuntimeError deque mutated during iteration
# expect: defaultdict(<class 'list'>, {'a': [1]})
# expect: []
# expect: defaultdict(<class 'list'>, {'a': [1], 'b': [], 'c': 3})
# expect: defaultdict(<class 'list'>, {'c': 3, 'a': [1], 'b': []})
# expect: defaultdict(<class 'list'>, {'a': [1], 'b': []})
# expect: <class 'list'>
# expect: KeyError 'q'
# expect: (<class 'collections.defaultdict'>, (<class 'list'>,))
# expect: OrderedDict([('a', 1), ('b', 2), ('c', 3)])
# expect: OrderedDict([('b', 2), ('c', 3), ('a', 1)])
# expect: OrderedDict([('c', 3), ('b', 2), ('a', 1)])
# expect: ('a', 1)
# expect: ('c', 3)
# expect: OrderedDict([('b', 2)])
# expect: ['z', 'y', 'x', 'b']
# expect: odict_keys(['b', 'x', 'y', 'z'])
# expect: odict_items([('b', 2), ('x', 1), ('y', 2), ('z', 3)])
# expect: odict_values([2, 1, 2, 3])
# expect: True
# expect: False
# expect: True
# expect: OrderedDict([('y', 2), ('x', 1), ('b', 2), ('q', 1), ('z', 999)])
# expect: 5
# expect: False
# expect: RuntimeError OrderedDict mutated during iteration
# expect: [299, 298, 297, 296, 295]
# expect: [(0, 0), ('x', 1), ('b', 2)]
# expect: OrderedDict([('q', 1), ('z', 999)])
# expect: TypeError can only concatenate list (not "int") to list
# expect: {'a': 5, 'b': 2, 'r': 2, 'c': 1, 'd': 1}
# expect: 5
# expect: _tuplegetter(0, 'doc x')
# expect: doc x
# expect: IndexError tuple index out of range
# expect: False
