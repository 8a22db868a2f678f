# The native half of json: scanning, encoding, nesting.
import _json
class C: strict=True; object_hook=None; object_pairs_hook=None; parse_float=float; parse_int=int; parse_constant={'NaN':1}.__getitem__
s=_json.make_scanner(C)
print(s('[1,2.5,-3e10,1E400,-0,-0.0,NaN,true,false,null,"x\\n\\u20ac",{"a":{"b":[]}},123456789012345678901234567890,0.1,1e23,123456.789e-5]',0))
print(s('"é€𝄞"',0), _json.scanstring('a\\"b"',0))
e=_json.make_encoder({},lambda o:[1],_json.encode_basestring_ascii,None,': ',', ',False,False,True)
print(e({'a':[1,2.5,None,True,(1,2),{}],1:object()},0))
e=_json.make_encoder({},lambda o:[1],_json.encode_basestring_ascii,None,': ',', ',True,False,True)
print(e({'b':[1,2.5,None,True,(1,2),{}],'a':object()},0))
print(_json.encode_basestring_ascii('aé"\x00\U0001d11e'))
l=[]
for i in range(100000): l=[l]
try: e(l,0)
except RecursionError as x: print('R',x)
try: s('['*100000,0)
except RecursionError as x: print('R',x)
try: s('[x',0)
except StopIteration as x: print('S',x)

# expect: ([1, 2.5, -30000000000.0, inf, 0, -0.0, 1, True, False, None, 'x\n€', {'a': {'b': []}}, 123456789012345678901234567890, 0.1, 1e+23, 1.23456789], 128)
# expect: ('é€𝄞', 5) ('a"b', 5)
# expect: ['{"a": [1, 2.5, null, true, [1, 2], {}], "1": [1]}']
# expect: ['{"a": [1], "b": [1, 2.5, null, true, [1, 2], {}]}']
# expect: "a\u00e9\"\u0000\ud834\udd1e"
# expect: R maximum recursion depth exceeded while encoding a JSON object
# expect: R maximum recursion depth exceeded while decoding a JSON array from a unicode string
# expect: S 1
