#!/usr/bin/env python3
"""Pickles (pure `pickle`, protocols 0 to 5), loads, copies and deep-copies an object of every builtin type and compares, the pickles byte for byte.

    Scripts/compare_pickles.py [--taipan PATH] [--show N]

Runs under the oracle; exit 0 all alike, 1 differences, 77 no oracle.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from oracle import compare_lines  # noqa: E402

# Runs under both.
RUN = r'''
import sys, pickle, copy, collections, itertools, functools, operator, datetime, array, types, random, re, fractions, enum, weakref, struct, string, time, os, math
class P: pass
class Q:
    __slots__=('a','b')
class R(Q):
    def __init__(s): s.a=1; s.z=2
class L(list): pass
class D(dict): pass
class T(tuple): pass
class I(int): pass
class S(str): pass
class F(float): pass
class By(bytes): pass
class BA(bytearray): pass
class St(set): pass
class FS(frozenset): pass
class E(enum.Enum): A=1
class IE(enum.IntFlag): A=1; B=2
class X(Exception):
    pass
NT=collections.namedtuple('NT','a b')
class G:
    def __getstate__(s): return 7
    def __setstate__(s,x): s.x=x
class N:
    def __new__(c,*a,**k): return object.__new__(c)
    def __getnewargs_ex__(s): return (1,2),{'k':3}
def func(): pass
def adv(it,n):
    for _ in range(n): next(it)
    return it
def mk(c,*a,**k):
    o=c(*a)
    for n,v in k.items(): setattr(o,n,v)
    return o
p=P(); p.x=1; p.self=p
r=R()
q=Q(); q.a=5
lst=[1]; lst.append(lst)
dct={}; dct['d']=dct
e1=ValueError('a',1); e1.note='x'
objs=dict(none=None,t=True,e=...,ni=NotImplemented,i0=0,i1=255,i2=256,i3=65536,i4=-1,i5=2**31,i6=-2**31-1,i7=2**100,i8=-2**2000,f=1.5,f2=-0.0,f3=float('inf'),c=1+2j,c2=complex('nan'),
 s='',s1='abc',s2='\u20ac\ud800',s3='a\nb\\u0041\x00\x1a\r',s4='x'*300,b=b'',b1=b'abc\xff',b2=b'x'*300,ba=bytearray(b'abc\xff'),tup=(),t1=(1,),t2=(1,2),t3=(1,2,3),t4=(1,2,3,4),l=[],l1=[1,2],lbig=list(range(1500)),d={},d1={'a':1,2:[3]},
 dbig={i:i for i in range(1100)},st=set(),st1={1,2,3},fs=frozenset(),fs1=frozenset({1,2}),rng=range(5),rng2=range(1,2**70,3),sl=slice(1,None,2),typ=int,typ2=type(None),typ3=type(...),typ4=type(NotImplemented),fn=func,blt=len,meth='abc'.upper,meth2=[].append,
 cls=P,p=p,q=q,r=r,lself=lst,dself=dct,L=mk(L,[1,2],x=1),D=mk(D,{1:2},x=1),T=mk(T,(1,2),x=1),I=mk(I,5,x=1),S=mk(S,'abc',x=1),F=mk(F,1.5,x=1),By=mk(By,b'ab',x=1),BA=mk(BA,b'ab',x=1),St=mk(St,[1],x=1),FS=mk(FS,[1],x=1),E=E.A,IE=IE.A|IE.B,nt=NT(1,2),G=G(),N=N(),
 ex=e1,ex1=KeyError('k'),ex2=OSError(2,'m','f'),ex3=OSError(2,'m','f',None,'g'),ex4=UnicodeDecodeError('utf-8',b'abc',1,2,'r'),ex5=UnicodeEncodeError('utf-8','abc',1,2,'r'),ex6=UnicodeTranslateError('abc',1,2,'r'),ex7=SyntaxError('m',('f',1,2,'t')),ex8=StopIteration(3),ex9=SystemExit(4),ex10=ImportError('x',name='n',path='p'),ex11=AttributeError('q'),ex12=X('a'),ex13=BlockingIOError(11,'m',3),ex14=NameError('n',name='x'),
 it1=adv(iter([1,2,3]),1),it2=reversed([1,2]),it3=adv(iter((1,2)),1),it4=adv(iter('abc'),1),it5=iter(b'abc'),it6=adv(iter(bytearray(b'abc')),1),it7=adv(iter(range(5)),2),it8=iter(range(2**70)),it9=adv(iter({1:2,3:4}),1),it10=iter({1:2}.values()),it11=iter({1:2}.items()),it12=iter({1}),it13=adv(enumerate('abc',3),1),it14=zip('ab','cd'),it15=map(str,[1]),it16=filter(None,[1]),it17=iter(int,1),it18=reversed('ab'),it19=reversed({1:2}),it20=adv(iter([1]),1),it21=reversed(range(5)),it22=zip('a','b',strict=True),
 it23=adv(enumerate('a',2**70),1),
 ch=itertools.chain([1],[2]),ch2=itertools.chain.from_iterable([[1]]),cy=adv(itertools.cycle([1,2]),1),cnt=itertools.count(3,2),rep=itertools.repeat(1,3),rep2=itertools.repeat(1),acc=adv(itertools.accumulate([1,2,3]),1),isl=itertools.islice([1,2,3],1,3),tw=itertools.takewhile(bool,[1]),dw=itertools.dropwhile(bool,[1]),cp=itertools.compress('ab',[1,0]),ff=itertools.filterfalse(None,[0]),pr=itertools.product('ab',[1]),pe=itertools.permutations('abc',2),co=itertools.combinations('abc',2),cwr=itertools.combinations_with_replacement('ab',2),zl=itertools.zip_longest('ab','c',fillvalue=0),sm=itertools.starmap(pow,[(1,2)]),gb=itertools.groupby('aab'),tee=itertools.tee([1])[0],pw=itertools.pairwise([1,2]),
 pr2=adv(itertools.product('ab',[1]),1),pe2=adv(itertools.permutations('abc',2),1),co2=adv(itertools.combinations('abc',2),1),cw2=adv(itertools.combinations_with_replacement('ab',2),1),
 dq=collections.deque([1,2],5),dq2=collections.deque(),od=collections.OrderedDict([(1,2)]),dd=collections.defaultdict(list,{1:[2]}),ctr=collections.Counter('aab'),cm=collections.ChainMap({1:2}),ud=collections.UserDict({1:2}),dqi=iter(collections.deque([1])),odi=iter(collections.OrderedDict([(1,2)])),
 part=functools.partial(pow,2,mod=3),ig=operator.itemgetter(1,2),ag=operator.attrgetter('a.b'),mc=operator.methodcaller('f',1,k=2),mc2=operator.methodcaller('f',1),
 dt=datetime.datetime(2020,1,2,3,4,5,6),dt2=datetime.datetime(2020,1,2,fold=1),da=datetime.date(2020,1,2),tm=datetime.time(1,2,3),td=datetime.timedelta(1,2,3),tz=datetime.timezone.utc,tz2=datetime.timezone(datetime.timedelta(hours=1),'x'),
 ar=array.array('i',[1,2]),ar2=array.array('u','ab'),ar3=array.array('d'),sns=types.SimpleNamespace(a=1),ga=list[int],ga2=dict[str,list[int]],un=int|str,mp=types.MappingProxyType({}),re1=re.compile('a+',re.I),fr=fractions.Fraction(1,3),
 rnd=random.Random(5).getstate(),sm_=staticmethod(func),cmth=classmethod(func),prop=property(func),bm=p.__init__,bm2=P().__str__,um=str.upper,wd=int.__add__,gs=type.__dict__['__module__'],gen=(x for x in []),code=func.__code__,fram=sys._getframe(),mod=sys,mv=memoryview(b'a'),cell=(lambda x:(lambda:x))(1).__closure__[0],obj=object(),vi=sys.version_info,stt=os.stat_result(range(10)),stm=time.struct_time(range(9)),strc=struct.Struct('i'),fl=open(os.devnull),wr=weakref.ref(P),lk=__import__('_thread').allocate_lock(),sup=super(P,p),lam=lambda:0,par=functools.lru_cache(func),dk={1:2}.keys(),dv={1:2}.values(),di={1:2}.items(),cr=functools.cmp_to_key(func)(1),flt=string.Formatter(),bio=__import__('io').BytesIO(b'ab'),sio=__import__('io').StringIO('ab'),mt=re.match('a','a'))
def show(f):
    try: return f()
    except RecursionError: return 'RecursionError'
    except Exception as e: return type(e).__name__+': '+re.sub('0x[0-9a-f]+','0x',str(e))
def norm(x): return re.sub(r'0x[0-9a-f]+','0x',x).replace(__file__,'FILE')
for k,o in objs.items():
    for pr in range(6):
        d=show(lambda: pickle._dumps(o,pr))
        if isinstance(d,bytes):
            import hashlib
            print(k,pr,hashlib.md5(d).hexdigest()[:8],norm(repr(d[:150])))
            print(k,pr,'load',norm(ascii(show(lambda: (lambda v:(type(v),repr(v)[:200]))(pickle._loads(d))))))
        else: print(k,pr,d)
    print(k,'copy',norm(ascii(show(lambda: (lambda v:(type(v),v is o,repr(v)[:200]))(copy.copy(o))))))
    print(k,'deep',norm(ascii(show(lambda: (lambda v:(type(v),v is o,repr(v)[:200]))(copy.deepcopy(o))))))
    for pr in (0,2,4): print(k,'rx',pr,norm(ascii(show(lambda: repr(o.__reduce_ex__(pr))[:300]))))
'''


if __name__ == "__main__":
    sys.exit(compare_lines(RUN, __doc__))
