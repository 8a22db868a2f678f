from itertools import *
import itertools, _heapq as h, _bisect as b, array as A
from array import array
def t(s, env=None):
    try: r=repr(eval(s, globals(), env))
    except BaseException as e: r=type(e).__name__+' '+str(e)
    # mask addresses
    out=''; i=0
    while True:
        j=r.find(' at 0x',i)
        if j<0: out+=r[i:]; break
        out+=r[i:j]+' at X'; i=j+6
        while i<len(r) and r[i] in '0123456789abcdef': i+=1
    print(s,'->',out[:300])
L='''accumulate() accumulate(1) accumulate([1],None,initial=3).__reduce__() accumulate([1],foo=1) list(accumulate([1,2,3])) list(accumulate([1,2,3],lambda(a):3)) list(accumulate('abc')) list(accumulate([1,2],initial=5)) list(accumulate([],initial=5))
chain(1) list(chain(1)) chain(a=1) chain.from_iterable() list(chain('ab','cd',[1])) list(chain.from_iterable(['ab','c'])) combinations() combinations('abc',-1) combinations('abc') combinations('abc',2).__reduce__() combinations('abc',5).__reduce__() combinations('abc',2).__setstate__((0,1)) combinations('abc','a') combinations(iterable='abc',r=2,q=1) list(combinations('abcd',2)) list(combinations('abcd',0)) list(combinations('abcd',4)) list(combinations('abc',5))
combinations_with_replacement('abc',-2) combinations_with_replacement('abc',2).__reduce__() combinations_with_replacement('',2).__reduce__() list(combinations_with_replacement('abc',2)) list(combinations_with_replacement('abc',0)) count() count('a') count(1,'a') count(1,2,3) count(1.5) count(step=3) count(5,2).__reduce__() count(1j) count(10**30) count(10**30,2) count(1,1) count(1,True) count(True) count(2,0.5) list(islice(count(2**47-2),5)) list(islice(count(2**63-2),5)) list(islice(count(1.5,2),3)) list(islice(count(-3,-2**60),3))
cycle() list(islice(cycle('abc'),8)) list(cycle('')) dropwhile() dropwhile(1,2) dropwhile(1,2,3) list(dropwhile(bool,[1,0,1])) list(takewhile(bool,[1,0,1])) list(filterfalse(None,[1,0,2,''])) list(filterfalse(bool,[1,0,2,''])) groupby() [(k,list(g))for(k,g)in(groupby('aabbbc'))] [(k,list(g))for(k,g)in(groupby('aAbBc',str.lower))] [k(for)] list(map(list,dict(groupby('aab')).values())) islice() islice([1]) islice([1],-1) islice([1],'a') islice([1],1,2,0) islice([1],1,2,-1) islice([1],-1,2) islice([1],0,'b') islice([1],0,2,'c') islice([1],1,2,3,4) islice([1],2**70) islice([1],0,None,2**70) islice([1],a=1) list(islice(range(20),3,15,4)) list(islice(range(20),None)) list(islice(range(5),2,None)) list(islice(range(5),0,5,10**18))
pairwise() pairwise(1) list(pairwise('abcd')) list(pairwise('a')) permutations('abc',-1) permutations('abc','a') permutations('abc',1.5) permutations('abc').__reduce__() permutations('abc',2).__reduce__() permutations('abc',5).__reduce__() permutations() list(permutations('abc')) list(permutations('abcd',2)) list(permutations('abc',0)) list(permutations([])) product(repeat=-1) product([1],repeat='a') product([1],[2]).__reduce__() product([1],foo=1) product(1) product([],[1]).__reduce__() list(product(repeat=0)) product([1,2],repeat=2**62) list(product()) list(product('ab','cd',[1])) list(product([0,1],repeat=3)) list(product('ab','')) repeat() repeat(1,'a') repeat(1,2) repeat(1) repeat(1,-3) repeat(1,times=2) repeat(1,2).__reduce__() repeat(1).__reduce__() len(repeat(1)) repeat(1,2).__length_hint__() repeat(1).__length_hint__() list(repeat('x',3))
starmap() starmap(1,2) list(starmap(len,[1])) list(starmap(pow,[(2,3),[3,2]])) tee() tee(1) tee([],-1) tee([],'a') tee([1],2)[0].__reduce__() tee([],0) list(map(list,tee(range(100),3)))==[list(range(100))]*3 zip_longest(1) list(zip_longest('ab','c','def')) list(zip_longest('ab','c',fillvalue=9)) zip_longest([1],foo=2) list(zip_longest()) compress() compress(1,2) list(compress('abcd',[1,0,1])) itertools._grouper(1,2) itertools._grouper(groupby([1]),2) itertools._tee(1) itertools._tee([1]) itertools._tee() itertools._tee_dataobject([1],[2],None) itertools._tee_dataobject([1],2,3) repeat(1,2,3) cycle([1]).__setstate__((1,2)) cycle([1]).__setstate__(([1],)) cycle([1]).__setstate__(1) chain([1]).__setstate__(1) chain([1]).__setstate__((iter([1]),iter([2]))) product([1]).__setstate__(1) permutations([1]).__setstate__(1) zip_longest([1]).__setstate__(3) islice([1],2).__setstate__('a') accumulate([1]).__setstate__(1) takewhile(1,[1]).__setstate__('a') combinations([1,2],2).__setstate__(1) tee([1])[0].__setstate__(1) pairwise([1],[2]) pairwise(a=1) chain.from_iterable(1) cycle(a=1) starmap(a=1,b=2) takewhile(a=1) tee(iterable=1) islice(iter([1,2,3]),1,2).__setstate__(1) itertools.groupby([],1,2)
h.heappush(1,2) h.heappop(1) h.heappop([]) h.heapreplace([],1) h.heappushpop([],1) h.heapify(1) h._heappop_max([]) b.bisect_left() b.bisect_left([1]) b.bisect_left([1],1,-1) b.bisect_left(1,2) b.bisect_left([1],1,key=3) b.bisect_left([1],1,0,None) b.bisect_left([1],1,None) b.bisect_left([1],1,0,-1) b.insort_left((1,),1) b.bisect_left([1],1,0,5) b.bisect_left([1,2,3],9,0,5) b.bisect_left([1],1,'a') b.bisect_left({1:2},1) b.bisect_left([1],1,0,'a') b.bisect_left([1],1,0,-2) b.bisect_right([1,2,2,3],2) b.bisect_left([1,2,2,3],2) b.bisect_right(range(1000),500)'''.replace('\n',' ').split(' ')
for s in L: t(s)
import builtins
x=[5,3,8,1,9,2]*7; h.heapify(x); print([h.heappop(x) for i in range(len(x))]); y=[]
for i in 'qwertyuiop': h.heappush(y,i)
print(y, h.heapreplace(y,'a'), h.heappushpop(y,'b'), y); h._heapify_max(y); print(y, h._heappop_max(y), y, h._heapreplace_max(y,'zz'), y)
z=[1,3]; b.insort_right(z,2); b.insort_left(z,0,key=lambda q:q); print(z)
a=array('i',[1,2,3]); u=array('u','abc'); d=array('d',[1.5]); 
for s in '''array() array(1) array('ab') array('x') array('i',1) array('i','abc') array('u',b'ab') array('u','ab') array('i',b'abc') array('i',b'abcd') array('i',u) array('u',a) array('u',d) array('i',d) array('d',a) array(typecode='i') array('i',[1],2) array('i',[1.5]) array('i',['a']) array('b',[128]) array('b',[-129]) array('b',[2**40]) array('b',[2**80]) array('B',[256]) array('B',[-1]) array('h',[32768]) array('h',[-32769]) array('H',[65536]) array('H',[2**32]) array('H',[-1]) array('i',[2**31]) array('i',[-2**31-1]) array('I',[2**32]) array('I',[-1]) array('I',[2**70]) array('l',[2**63]) array('l',[-2**63-1]) array('L',[2**64]) array('L',[-1]) array('q',[2**63]) array('Q',[2**64]) array('Q',[-1]) array('f',['a']) array('d',['a']) array('u',['ab']) array('u',[1]) array('f',[1e300]) a[5] a['a'] a[1.5] a.__setitem__(5,1) a.__setitem__('a',1) a.__setitem__(slice(0,1),[1]) a.__setitem__(slice(0,1),d) a.__setitem__(slice(0,3,2),array('i',[1])) a.__delitem__(7) a+1 a+d a+[1] a*'a' a==a a==[1,2,3] a<array('i',[2]) a.append('a') a.append() a.extend(1) a.extend(d) a.extend([1,'a']) a.fromlist(1) a.fromlist([1,'a']) a.frombytes(b'abc') a.frombytes('abc') a.frombytes(1) a.fromunicode('a') u.fromunicode(1) a.tounicode() u.tounicode() u.tobytes() repr(u) repr(array('i')) repr(array('u')) a.index(9) a.remove(9) a.pop(9) array('i').pop() a.insert(1,'a') a.insert('a',1) a.byteswap() a.itemsize a.typecode a.buffer_info()[1] a.count(2) a.__reduce_ex__(2) a.__reduce_ex__(3) a.__reduce_ex__(4) a.__reduce_ex__('a') u.__reduce_ex__(3) d.__reduce_ex__(3) a.tofile(1) a.fromfile(1,1) memoryview(a).format memoryview(u).format memoryview(u).itemsize hash(a) 2.5in(a) iter(a) a.__class_getitem__ A._array_reconstructor(array,'i',8,b'abcd') A._array_reconstructor(array,'i',99,b'abcd') A._array_reconstructor(int,'i',8,b'abcd') A._array_reconstructor(array,'ii',8,b'abcd') A._array_reconstructor(array,'i',8,'abcd') A._array_reconstructor(array,'x',8,b'abcd') A._array_reconstructor(array,'i',8,b'abc') iter(a).__reduce__() iter(a).__setstate__(1) a.__iadd__(1) a.__iadd__(d) a.__imul__('a') a.index(2,2) a.index(2,0,1) a.index(2,'a') a.__copy__() a.__deepcopy__(1) A.array.__module__ A.typecodes array('i',range(3)) array('i',(1,2)) array('i',bytearray(b'abcd')) array('i',memoryview(b'abcd')) array('b',b'') a.__contains__(2) list(reversed(a)) a[::-1] a[1:3] a*3 a+a memoryview(a)[1] memoryview(a).tolist() a.tolist() A._array_reconstructor(array,'i',9,b'abcd') A._array_reconstructor(array,'d',17,b'abcdefgh') A._array_reconstructor(array,'u',19,b'abcd') A._array_reconstructor(array,'l',3,b'abcd')'''.split(' '):
    t(s)
m=memoryview(a); t("a.append(1)"); t("a.pop()"); t("a.__delitem__(0)"); t("a.__imul__(2)");t("a.__setitem__(slice(0,1),array('i'))"); t('a.byteswap()'); t('m.tolist()'); m.release()
del a[::2]; t('a'); a[1:1]=array('i',[7,8,9]); t('a'); a[::2]=array('i',[0]*len(a[::2])); t('a'); a[:]=a; t('a'); a[1:2]=a; t('a'); a.reverse(); t('a'); a*=2; t('a'); a.insert(-1,99); t('a'); del a[5:2:-1]; t('a'); del a[:]; t('a'); 
class S(array): pass
s=S('i',[1]); s.x=3; t("s.__reduce_ex__(3)",{'s':s})

# expect: accumulate() -> TypeError accumulate() missing required argument 'iterable' (pos 1)
# expect: accumulate(1) -> TypeError 'int' object is not iterable
# expect: accumulate([1],None,initial=3).__reduce__() -> (<class 'itertools.accumulate'>, (<itertools.chain object at X>, None), None)
# expect: accumulate([1],foo=1) -> TypeError 'foo' is an invalid keyword argument for accumulate()
# expect: list(accumulate([1,2,3])) -> [1, 3, 6]
# expect: list(accumulate([1,2,3],lambda(a):3)) -> SyntaxError invalid syntax (<string>, line 1)
# expect: list(accumulate('abc')) -> ['a', 'ab', 'abc']
# expect: list(accumulate([1,2],initial=5)) -> [5, 6, 8]
# expect: list(accumulate([],initial=5)) -> [5]
# expect: chain(1) -> <itertools.chain object at X>
# expect: list(chain(1)) -> TypeError 'int' object is not iterable
# expect: chain(a=1) -> TypeError chain() takes no keyword arguments
# expect: chain.from_iterable() -> TypeError chain.from_iterable() takes exactly one argument (0 given)
# expect: list(chain('ab','cd',[1])) -> ['a', 'b', 'c', 'd', 1]
# expect: list(chain.from_iterable(['ab','c'])) -> ['a', 'b', 'c']
# expect: combinations() -> TypeError combinations() missing required argument 'iterable' (pos 1)
# expect: combinations('abc',-1) -> ValueError r must be non-negative
# expect: combinations('abc') -> TypeError combinations() missing required argument 'r' (pos 2)
# expect: combinations('abc',2).__reduce__() -> (<class 'itertools.combinations'>, (('a', 'b', 'c'), 2))
# expect: combinations('abc',5).__reduce__() -> (<class 'itertools.combinations'>, (('a', 'b', 'c'), 5))
# expect: combinations('abc',2).__setstate__((0,1)) -> None
# expect: combinations('abc','a') -> TypeError 'str' object cannot be interpreted as an integer
# expect: combinations(iterable='abc',r=2,q=1) -> TypeError combinations() takes at most 2 keyword arguments (3 given)
# expect: list(combinations('abcd',2)) -> [('a', 'b'), ('a', 'c'), ('a', 'd'), ('b', 'c'), ('b', 'd'), ('c', 'd')]
# expect: list(combinations('abcd',0)) -> [()]
# expect: list(combinations('abcd',4)) -> [('a', 'b', 'c', 'd')]
# expect: list(combinations('abc',5)) -> []
# expect: combinations_with_replacement('abc',-2) -> ValueError r must be non-negative
# expect: combinations_with_replacement('abc',2).__reduce__() -> (<class 'itertools.combinations_with_replacement'>, (('a', 'b', 'c'), 2))
# expect: combinations_with_replacement('',2).__reduce__() -> (<class 'itertools.combinations_with_replacement'>, ((), 2))
# expect: list(combinations_with_replacement('abc',2)) -> [('a', 'a'), ('a', 'b'), ('a', 'c'), ('b', 'b'), ('b', 'c'), ('c', 'c')]
# expect: list(combinations_with_replacement('abc',0)) -> [()]
# expect: count() -> count(0)
# expect: count('a') -> TypeError a number is required
# expect: count(1,'a') -> TypeError a number is required
# expect: count(1,2,3) -> TypeError count() takes at most 2 arguments (3 given)
# expect: count(1.5) -> count(1.5)
# expect: count(step=3) -> count(0, 3)
# expect: count(5,2).__reduce__() -> (<class 'itertools.count'>, (5, 2))
# expect: count(1j) -> count(1j)
# expect: count(10**30) -> count(1000000000000000000000000000000)
# expect: count(10**30,2) -> count(1000000000000000000000000000000, 2)
# expect: count(1,1) -> count(1)
# expect: count(1,True) -> count(1)
# expect: count(True) -> count(1)
# expect: count(2,0.5) -> count(2, 0.5)
# expect: list(islice(count(2**47-2),5)) -> [140737488355326, 140737488355327, 140737488355328, 140737488355329, 140737488355330]
# expect: list(islice(count(2**63-2),5)) -> [9223372036854775806, 9223372036854775807, 9223372036854775808, 9223372036854775809, 9223372036854775810]
# expect: list(islice(count(1.5,2),3)) -> [1.5, 3.5, 5.5]
# expect: list(islice(count(-3,-2**60),3)) -> [-3, -1152921504606846979, -2305843009213693955]
# expect: cycle() -> TypeError cycle expected 1 argument, got 0
# expect: list(islice(cycle('abc'),8)) -> ['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b']
# expect: list(cycle('')) -> []
# expect: dropwhile() -> TypeError dropwhile expected 2 arguments, got 0
# expect: dropwhile(1,2) -> TypeError 'int' object is not iterable
# expect: dropwhile(1,2,3) -> TypeError dropwhile expected 2 arguments, got 3
# expect: list(dropwhile(bool,[1,0,1])) -> [0, 1]
# expect: list(takewhile(bool,[1,0,1])) -> [1]
# expect: list(filterfalse(None,[1,0,2,''])) -> [0, '']
# expect: list(filterfalse(bool,[1,0,2,''])) -> [0, '']
# expect: groupby() -> TypeError groupby() missing required argument 'iterable' (pos 1)
# expect: [(k,list(g))for(k,g)in(groupby('aabbbc'))] -> [('a', ['a', 'a']), ('b', ['b', 'b', 'b']), ('c', ['c'])]
# expect: [(k,list(g))for(k,g)in(groupby('aAbBc',str.lower))] -> [('a', ['a', 'A']), ('b', ['b', 'B']), ('c', ['c'])]
# expect: [k(for)] -> SyntaxError invalid syntax (<string>, line 1)
# expect: list(map(list,dict(groupby('aab')).values())) -> [[], []]
# expect: islice() -> TypeError islice expected at least 2 arguments, got 0
# expect: islice([1]) -> TypeError islice expected at least 2 arguments, got 1
# expect: islice([1],-1) -> ValueError Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: islice([1],'a') -> ValueError Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: islice([1],1,2,0) -> ValueError Step for islice() must be a positive integer or None.
# expect: islice([1],1,2,-1) -> ValueError Step for islice() must be a positive integer or None.
# expect: islice([1],-1,2) -> ValueError Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: islice([1],0,'b') -> ValueError Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: islice([1],0,2,'c') -> ValueError Step for islice() must be a positive integer or None.
# expect: islice([1],1,2,3,4) -> TypeError islice expected at most 4 arguments, got 5
# expect: islice([1],2**70) -> ValueError Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.
# expect: islice([1],0,None,2**70) -> ValueError Step for islice() must be a positive integer or None.
# expect: islice([1],a=1) -> TypeError islice() takes no keyword arguments
# expect: list(islice(range(20),3,15,4)) -> [3, 7, 11]
# expect: list(islice(range(20),None)) -> [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]
# expect: list(islice(range(5),2,None)) -> [2, 3, 4]
# expect: list(islice(range(5),0,5,10**18)) -> [0]
# expect: pairwise() -> TypeError pairwise expected 1 argument, got 0
# expect: pairwise(1) -> TypeError 'int' object is not iterable
# expect: list(pairwise('abcd')) -> [('a', 'b'), ('b', 'c'), ('c', 'd')]
# expect: list(pairwise('a')) -> []
# expect: permutations('abc',-1) -> ValueError r must be non-negative
# expect: permutations('abc','a') -> TypeError Expected int as r
# expect: permutations('abc',1.5) -> TypeError Expected int as r
# expect: permutations('abc').__reduce__() -> (<class 'itertools.permutations'>, (('a', 'b', 'c'), 3))
# expect: permutations('abc',2).__reduce__() -> (<class 'itertools.permutations'>, (('a', 'b', 'c'), 2))
# expect: permutations('abc',5).__reduce__() -> (<class 'itertools.permutations'>, (('a', 'b', 'c'), 5))
# expect: permutations() -> TypeError permutations() missing required argument 'iterable' (pos 1)
# expect: list(permutations('abc')) -> [('a', 'b', 'c'), ('a', 'c', 'b'), ('b', 'a', 'c'), ('b', 'c', 'a'), ('c', 'a', 'b'), ('c', 'b', 'a')]
# expect: list(permutations('abcd',2)) -> [('a', 'b'), ('a', 'c'), ('a', 'd'), ('b', 'a'), ('b', 'c'), ('b', 'd'), ('c', 'a'), ('c', 'b'), ('c', 'd'), ('d', 'a'), ('d', 'b'), ('d', 'c')]
# expect: list(permutations('abc',0)) -> [()]
# expect: list(permutations([])) -> [()]
# expect: product(repeat=-1) -> ValueError repeat argument cannot be negative
# expect: product([1],repeat='a') -> TypeError 'str' object cannot be interpreted as an integer
# expect: product([1],[2]).__reduce__() -> (<class 'itertools.product'>, ((1,), (2,)))
# expect: product([1],foo=1) -> TypeError 'foo' is an invalid keyword argument for product()
# expect: product(1) -> TypeError 'int' object is not iterable
# expect: product([],[1]).__reduce__() -> (<class 'itertools.product'>, ((), (1,)))
# expect: list(product(repeat=0)) -> [()]
# expect: product([1,2],repeat=2**62) -> OverflowError repeat argument too large
# expect: list(product()) -> [()]
# expect: list(product('ab','cd',[1])) -> [('a', 'c', 1), ('a', 'd', 1), ('b', 'c', 1), ('b', 'd', 1)]
# expect: list(product([0,1],repeat=3)) -> [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)]
# expect: list(product('ab','')) -> []
# expect: repeat() -> TypeError repeat() missing required argument 'object' (pos 1)
# expect: repeat(1,'a') -> TypeError 'str' object cannot be interpreted as an integer
# expect: repeat(1,2) -> repeat(1, 2)
# expect: repeat(1) -> repeat(1)
# expect: repeat(1,-3) -> repeat(1, 0)
# expect: repeat(1,times=2) -> repeat(1, 2)
# expect: repeat(1,2).__reduce__() -> (<class 'itertools.repeat'>, (1, 2))
# expect: repeat(1).__reduce__() -> (<class 'itertools.repeat'>, (1,))
# expect: len(repeat(1)) -> TypeError object of type 'itertools.repeat' has no len()
# expect: repeat(1,2).__length_hint__() -> 2
# expect: repeat(1).__length_hint__() -> TypeError len() of unsized object
# expect: list(repeat('x',3)) -> ['x', 'x', 'x']
# expect: starmap() -> TypeError starmap expected 2 arguments, got 0
# expect: starmap(1,2) -> TypeError 'int' object is not iterable
# expect: list(starmap(len,[1])) -> TypeError 'int' object is not iterable
# expect: list(starmap(pow,[(2,3),[3,2]])) -> [8, 9]
# expect: tee() -> TypeError tee expected at least 1 argument, got 0
# expect: tee(1) -> TypeError 'int' object is not iterable
# expect: tee([],-1) -> ValueError n must be >= 0
# expect: tee([],'a') -> TypeError 'str' object cannot be interpreted as an integer
# expect: tee([1],2)[0].__reduce__() -> (<class 'itertools._tee'>, ((),), (<itertools._tee_dataobject object at X>, 0))
# expect: tee([],0) -> ()
# expect: list(map(list,tee(range(100),3)))==[list(range(100))]*3 -> True
# expect: zip_longest(1) -> TypeError 'int' object is not iterable
# expect: list(zip_longest('ab','c','def')) -> [('a', 'c', 'd'), ('b', None, 'e'), (None, None, 'f')]
# expect: list(zip_longest('ab','c',fillvalue=9)) -> [('a', 'c'), ('b', 9)]
# expect: zip_longest([1],foo=2) -> TypeError zip_longest() got an unexpected keyword argument
# expect: list(zip_longest()) -> []
# expect: compress() -> TypeError compress() missing required argument 'data' (pos 1)
# expect: compress(1,2) -> TypeError 'int' object is not iterable
# expect: list(compress('abcd',[1,0,1])) -> ['a', 'c']
# expect: itertools._grouper(1,2) -> TypeError _grouper() argument 1 must be itertools.groupby, not int
# expect: itertools._grouper(groupby([1]),2) -> <itertools._grouper object at X>
# expect: itertools._tee(1) -> TypeError 'int' object is not iterable
# expect: itertools._tee([1]) -> <itertools._tee object at X>
# expect: itertools._tee() -> TypeError _tee expected 1 argument, got 0
# expect: itertools._tee_dataobject([1],[2],None) -> <itertools._tee_dataobject object at X>
# expect: itertools._tee_dataobject([1],2,3) -> TypeError teedataobject() argument 2 must be list, not int
# expect: repeat(1,2,3) -> TypeError repeat() takes at most 2 arguments (3 given)
# expect: cycle([1]).__setstate__((1,2)) -> TypeError argument 1 must be list, not int
# expect: cycle([1]).__setstate__(([1],)) -> TypeError function takes exactly 2 arguments (1 given)
# expect: cycle([1]).__setstate__(1) -> TypeError state is not a tuple
# expect: chain([1]).__setstate__(1) -> TypeError state is not a tuple
# expect: chain([1]).__setstate__((iter([1]),iter([2]))) -> None
# expect: product([1]).__setstate__(1) -> ValueError invalid arguments
# expect: permutations([1]).__setstate__(1) -> TypeError state is not a tuple
# expect: zip_longest([1]).__setstate__(3) -> None
# expect: islice([1],2).__setstate__('a') -> TypeError an integer is required
# expect: accumulate([1]).__setstate__(1) -> None
# expect: takewhile(1,[1]).__setstate__('a') -> None
# expect: combinations([1,2],2).__setstate__(1) -> ValueError invalid arguments
# expect: tee([1])[0].__setstate__(1) -> TypeError state is not a tuple
# expect: pairwise([1],[2]) -> TypeError pairwise expected 1 argument, got 2
# expect: pairwise(a=1) -> TypeError pairwise() takes no keyword arguments
# expect: chain.from_iterable(1) -> TypeError 'int' object is not iterable
# expect: cycle(a=1) -> TypeError cycle() takes no keyword arguments
# expect: starmap(a=1,b=2) -> TypeError starmap() takes no keyword arguments
# expect: takewhile(a=1) -> TypeError takewhile() takes no keyword arguments
# expect: tee(iterable=1) -> TypeError itertools.tee() takes no keyword arguments
# expect: islice(iter([1,2,3]),1,2).__setstate__(1) -> None
# expect: itertools.groupby([],1,2) -> TypeError groupby() takes at most 2 arguments (3 given)
# expect: h.heappush(1,2) -> TypeError heappush() argument 1 must be list, not int
# expect: h.heappop(1) -> TypeError heappop() argument must be list, not int
# expect: h.heappop([]) -> IndexError index out of range
# expect: h.heapreplace([],1) -> IndexError index out of range
# expect: h.heappushpop([],1) -> 1
# expect: h.heapify(1) -> TypeError heapify() argument must be list, not int
# expect: h._heappop_max([]) -> IndexError index out of range
# expect: b.bisect_left() -> TypeError bisect_left() missing required argument 'a' (pos 1)
# expect: b.bisect_left([1]) -> TypeError bisect_left() missing required argument 'x' (pos 2)
# expect: b.bisect_left([1],1,-1) -> ValueError lo must be non-negative
# expect: b.bisect_left(1,2) -> TypeError object of type 'int' has no len()
# expect: b.bisect_left([1],1,key=3) -> TypeError 'int' object is not callable
# expect: b.bisect_left([1],1,0,None) -> 0
# expect: b.bisect_left([1],1,None) -> TypeError 'NoneType' object cannot be interpreted as an integer
# expect: b.bisect_left([1],1,0,-1) -> 0
# expect: b.insort_left((1,),1) -> AttributeError 'tuple' object has no attribute 'insert'
# expect: b.bisect_left([1],1,0,5) -> IndexError list index out of range
# expect: b.bisect_left([1,2,3],9,0,5) -> IndexError list index out of range
# expect: b.bisect_left([1],1,'a') -> TypeError 'str' object cannot be interpreted as an integer
# expect: b.bisect_left({1:2},1) -> TypeError dict is not a sequence
# expect: b.bisect_left([1],1,0,'a') -> TypeError argument should be integer or None, not 'str'
# expect: b.bisect_left([1],1,0,-2) -> 0
# expect: b.bisect_right([1,2,2,3],2) -> 3
# expect: b.bisect_left([1,2,2,3],2) -> 1
# expect: b.bisect_right(range(1000),500) -> 501
# expect: [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5, 8, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9]
# expect: ['b', 'i', 'q', 'o', 'p', 'y', 'u', 'w', 'r', 't'] e a ['b', 'i', 'q', 'o', 'p', 'y', 'u', 'w', 'r', 't']
# expect: ['zz', 't', 'u', 'r', 'p', 'q', 'b', 'o', 'i'] y ['zz', 't', 'u', 'r', 'p', 'q', 'b', 'o', 'i'] w ['zz', 't', 'u', 'r', 'p', 'q', 'b', 'o', 'i']
# expect: [0, 1, 2, 3]
# expect: array() -> TypeError array() takes at least 1 argument (0 given)
# expect: array(1) -> TypeError array() argument 1 must be a unicode character, not int
# expect: array('ab') -> TypeError array() argument 1 must be a unicode character, not str
# expect: array('x') -> ValueError bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)
# expect: array('i',1) -> TypeError 'int' object is not iterable
# expect: array('i','abc') -> TypeError cannot use a str to initialize an array with typecode 'i'
# expect: array('u',b'ab') -> ValueError bytes length not a multiple of item size
# expect: array('u','ab') -> array('u', 'ab')
# expect: array('i',b'abc') -> ValueError bytes length not a multiple of item size
# expect: array('i',b'abcd') -> array('i', [1684234849])
# expect: array('i',u) -> TypeError cannot use a unicode array to initialize an array with typecode 'i'
# expect: array('u',a) -> TypeError array item must be unicode character
# expect: array('u',d) -> TypeError array item must be unicode character
# expect: array('i',d) -> TypeError 'float' object cannot be interpreted as an integer
# expect: array('d',a) -> array('d', [1.0, 2.0, 3.0])
# expect: array(typecode='i') -> TypeError array.array() takes no keyword arguments
# expect: array('i',[1],2) -> TypeError array() takes at most 2 arguments (3 given)
# expect: array('i',[1.5]) -> TypeError 'float' object cannot be interpreted as an integer
# expect: array('i',['a']) -> TypeError 'str' object cannot be interpreted as an integer
# expect: array('b',[128]) -> OverflowError signed char is greater than maximum
# expect: array('b',[-129]) -> OverflowError signed char is less than minimum
# expect: array('b',[2**40]) -> OverflowError signed short integer is greater than maximum
# expect: array('b',[2**80]) -> OverflowError Python int too large to convert to C long
# expect: array('B',[256]) -> OverflowError unsigned byte integer is greater than maximum
# expect: array('B',[-1]) -> OverflowError unsigned byte integer is less than minimum
# expect: array('h',[32768]) -> OverflowError signed short integer is greater than maximum
# expect: array('h',[-32769]) -> OverflowError signed short integer is less than minimum
# expect: array('H',[65536]) -> OverflowError unsigned short is greater than maximum
# expect: array('H',[2**32]) -> OverflowError signed integer is greater than maximum
# expect: array('H',[-1]) -> OverflowError unsigned short is less than minimum
# expect: array('i',[2**31]) -> OverflowError signed integer is greater than maximum
# expect: array('i',[-2**31-1]) -> OverflowError signed integer is less than minimum
# expect: array('I',[2**32]) -> OverflowError unsigned int is greater than maximum
# expect: array('I',[-1]) -> OverflowError can't convert negative value to unsigned int
# expect: array('I',[2**70]) -> OverflowError Python int too large to convert to C unsigned long
# expect: array('l',[2**63]) -> OverflowError Python int too large to convert to C long
# expect: array('l',[-2**63-1]) -> OverflowError Python int too large to convert to C long
# expect: array('L',[2**64]) -> OverflowError Python int too large to convert to C unsigned long
# expect: array('L',[-1]) -> OverflowError can't convert negative value to unsigned int
# expect: array('q',[2**63]) -> OverflowError int too big to convert
# expect: array('Q',[2**64]) -> OverflowError int too big to convert
# expect: array('Q',[-1]) -> OverflowError can't convert negative int to unsigned
# expect: array('f',['a']) -> TypeError must be real number, not str
# expect: array('d',['a']) -> TypeError must be real number, not str
# expect: array('u',['ab']) -> TypeError array item must be unicode character
# expect: array('u',[1]) -> TypeError array item must be unicode character
# expect: array('f',[1e300]) -> array('f', [inf])
# expect: a[5] -> IndexError array index out of range
# expect: a['a'] -> TypeError array indices must be integers
# expect: a[1.5] -> TypeError array indices must be integers
# expect: a.__setitem__(5,1) -> IndexError array assignment index out of range
# expect: a.__setitem__('a',1) -> TypeError array indices must be integers
# expect: a.__setitem__(slice(0,1),[1]) -> TypeError can only assign array (not "list") to array slice
# expect: a.__setitem__(slice(0,1),d) -> TypeError bad argument type for built-in operation
# expect: a.__setitem__(slice(0,3,2),array('i',[1])) -> ValueError attempt to assign array of size 1 to extended slice of size 2
# expect: a.__delitem__(7) -> IndexError array assignment index out of range
# expect: a+1 -> TypeError can only append array (not "int") to array
# expect: a+d -> TypeError bad argument type for built-in operation
# expect: a+[1] -> TypeError can only append array (not "list") to array
# expect: a*'a' -> TypeError can't multiply sequence by non-int of type 'str'
# expect: a==a -> True
# expect: a==[1,2,3] -> False
# expect: a<array('i',[2]) -> True
# expect: a.append('a') -> TypeError 'str' object cannot be interpreted as an integer
# expect: a.append() -> TypeError array.append() takes exactly one argument (0 given)
# expect: a.extend(1) -> TypeError 'int' object is not iterable
# expect: a.extend(d) -> TypeError can only extend with array of same kind
# expect: a.extend([1,'a']) -> TypeError 'str' object cannot be interpreted as an integer
# expect: a.fromlist(1) -> TypeError arg must be list
# expect: a.fromlist([1,'a']) -> TypeError 'str' object cannot be interpreted as an integer
# expect: a.frombytes(b'abc') -> ValueError bytes length not a multiple of item size
# expect: a.frombytes('abc') -> TypeError a bytes-like object is required, not 'str'
# expect: a.frombytes(1) -> TypeError a bytes-like object is required, not 'int'
# expect: a.fromunicode('a') -> ValueError fromunicode() may only be called on unicode type arrays
# expect: u.fromunicode(1) -> TypeError fromunicode() argument must be str, not int
# expect: a.tounicode() -> ValueError tounicode() may only be called on unicode type arrays
# expect: u.tounicode() -> 'abc'
# expect: u.tobytes() -> b'a\x00\x00\x00b\x00\x00\x00c\x00\x00\x00'
# expect: repr(u) -> "array('u', 'abc')"
# expect: repr(array('i')) -> "array('i')"
# expect: repr(array('u')) -> "array('u')"
# expect: a.index(9) -> ValueError array.index(x): x not in array
# expect: a.remove(9) -> ValueError array.remove(x): x not in array
# expect: a.pop(9) -> IndexError pop index out of range
# expect: array('i').pop() -> IndexError pop from empty array
# expect: a.insert(1,'a') -> TypeError 'str' object cannot be interpreted as an integer
# expect: a.insert('a',1) -> TypeError 'str' object cannot be interpreted as an integer
# expect: a.byteswap() -> None
# expect: a.itemsize -> 4
# expect: a.typecode -> 'i'
# expect: a.buffer_info()[1] -> 4
# expect: a.count(2) -> 0
# expect: a.__reduce_ex__(2) -> (<class 'array.array'>, ('i', [16777216, 33554432, 50331648, 16777216]), None)
# expect: a.__reduce_ex__(3) -> (<built-in function _array_reconstructor>, (<class 'array.array'>, 'i', 8, b'\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03\x00\x00\x00\x01'), None)
# expect: a.__reduce_ex__(4) -> (<built-in function _array_reconstructor>, (<class 'array.array'>, 'i', 8, b'\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03\x00\x00\x00\x01'), None)
# expect: a.__reduce_ex__('a') -> TypeError __reduce_ex__ argument should be an integer
# expect: u.__reduce_ex__(3) -> (<built-in function _array_reconstructor>, (<class 'array.array'>, 'u', 20, b'a\x00\x00\x00b\x00\x00\x00c\x00\x00\x00'), None)
# expect: d.__reduce_ex__(3) -> (<built-in function _array_reconstructor>, (<class 'array.array'>, 'd', 16, b'\x00\x00\x00\x00\x00\x00\xf8?'), None)
# expect: a.tofile(1) -> AttributeError 'int' object has no attribute 'write'
# expect: a.fromfile(1,1) -> AttributeError 'int' object has no attribute 'read'
# expect: memoryview(a).format -> 'i'
# expect: memoryview(u).format -> 'w'
# expect: memoryview(u).itemsize -> 4
# expect: hash(a) -> TypeError unhashable type: 'array.array'
# expect: 2.5in(a) -> False
# expect: iter(a) -> <array.arrayiterator object at X>
# expect: a.__class_getitem__ -> AttributeError 'array.array' object has no attribute '__class_getitem__'
# expect: A._array_reconstructor(array,'i',8,b'abcd') -> array('i', [1684234849])
# expect: A._array_reconstructor(array,'i',99,b'abcd') -> ValueError third argument must be a valid machine format code.
# expect: A._array_reconstructor(int,'i',8,b'abcd') -> TypeError int is not a subtype of array.array
# expect: A._array_reconstructor(array,'ii',8,b'abcd') -> TypeError _array_reconstructor() argument 2 must be a unicode character, not str
# expect: A._array_reconstructor(array,'i',8,'abcd') -> TypeError fourth argument should be bytes, not str
# expect: A._array_reconstructor(array,'x',8,b'abcd') -> ValueError second argument must be a valid type code
# expect: A._array_reconstructor(array,'i',8,b'abc') -> ValueError bytes length not a multiple of item size
# expect: iter(a).__reduce__() -> (<built-in function iter>, (array('i', [16777216, 33554432, 50331648, 16777216]),), 0)
# expect: iter(a).__setstate__(1) -> None
# expect: a.__iadd__(1) -> TypeError can only extend array with array (not "int")
# expect: a.__iadd__(d) -> TypeError can only extend with array of same kind
# expect: a.__imul__('a') -> TypeError 'str' object cannot be interpreted as an integer
# expect: a.index(2,2) -> ValueError array.index(x): x not in array
# expect: a.index(2,0,1) -> ValueError array.index(x): x not in array
# expect: a.index(2,'a') -> TypeError slice indices must be integers or have an __index__ method
# expect: a.__copy__() -> array('i', [16777216, 33554432, 50331648, 16777216])
# expect: a.__deepcopy__(1) -> array('i', [16777216, 33554432, 50331648, 16777216])
# expect: A.array.__module__ -> 'array'
# expect: A.typecodes -> 'bBuhHiIlLqQfd'
# expect: array('i',range(3)) -> array('i', [0, 1, 2])
# expect: array('i',(1,2)) -> array('i', [1, 2])
# expect: array('i',bytearray(b'abcd')) -> array('i', [1684234849])
# expect: array('i',memoryview(b'abcd')) -> array('i', [97, 98, 99, 100])
# expect: array('b',b'') -> array('b')
# expect: a.__contains__(2) -> False
# expect: list(reversed(a)) -> [16777216, 50331648, 33554432, 16777216]
# expect: a[::-1] -> array('i', [16777216, 50331648, 33554432, 16777216])
# expect: a[1:3] -> array('i', [33554432, 50331648])
# expect: a*3 -> array('i', [16777216, 33554432, 50331648, 16777216, 16777216, 33554432, 50331648, 16777216, 16777216, 33554432, 50331648, 16777216])
# expect: a+a -> array('i', [16777216, 33554432, 50331648, 16777216, 16777216, 33554432, 50331648, 16777216])
# expect: memoryview(a)[1] -> 33554432
# expect: memoryview(a).tolist() -> [16777216, 33554432, 50331648, 16777216]
# expect: a.tolist() -> [16777216, 33554432, 50331648, 16777216]
# expect: A._array_reconstructor(array,'i',9,b'abcd') -> array('i', [1633837924])
# expect: A._array_reconstructor(array,'d',17,b'abcdefgh') -> array('d', [1.2926117907728089e+161])
# expect: A._array_reconstructor(array,'u',19,b'abcd') -> array('u', '慢捤')
# expect: A._array_reconstructor(array,'l',3,b'abcd') -> array('H', [24930, 25444])
# expect: a.append(1) -> BufferError cannot resize an array that is exporting buffers
# expect: a.pop() -> BufferError cannot resize an array that is exporting buffers
# expect: a.__delitem__(0) -> BufferError cannot resize an array that is exporting buffers
# expect: a.__imul__(2) -> BufferError cannot resize an array that is exporting buffers
# expect: a.__setitem__(slice(0,1),array('i')) -> BufferError cannot resize an array that is exporting buffers
# expect: a.byteswap() -> None
# expect: m.tolist() -> [1, 2, 3, 1]
# expect: a -> array('i', [2, 1])
# expect: a -> array('i', [2, 7, 8, 9, 1])
# expect: a -> array('i', [0, 7, 0, 9, 0])
# expect: a -> array('i', [0, 7, 0, 9, 0])
# expect: a -> array('i', [0, 0, 7, 0, 9, 0, 0, 9, 0])
# expect: a -> array('i', [0, 9, 0, 0, 9, 0, 7, 0, 0])
# expect: a -> array('i', [0, 9, 0, 0, 9, 0, 7, 0, 0, 0, 9, 0, 0, 9, 0, 7, 0, 0])
# expect: a -> array('i', [0, 9, 0, 0, 9, 0, 7, 0, 0, 0, 9, 0, 0, 9, 0, 7, 0, 99, 0])
# expect: a -> array('i', [0, 9, 0, 7, 0, 0, 0, 9, 0, 0, 9, 0, 7, 0, 99, 0])
# expect: a -> array('i')
# expect: s.__reduce_ex__(3) -> (<built-in function _array_reconstructor>, (<class '__main__.S'>, 'i', 8, b'\x01\x00\x00\x00'), {'x': 3})
