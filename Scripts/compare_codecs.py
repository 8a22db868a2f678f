#!/usr/bin/env python3
"""Encodes and decodes with every codec CPython writes in C, every error handler, every final flag and step by step; compares.

    Scripts/compare_codecs.py [--taipan PATH] [--show N]

Runs under the oracle; exit 0 all alike, 1 differences, 77 no oracle.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from oracle import compare_lines  # noqa: E402

# Runs under both.
RUN = r'''
import codecs, sys, random, _codecs
random.seed(5)
encs=['utf-8','utf-7','utf-16','utf-16-le','utf-16-be','utf-32','utf-32-le','utf-32-be','latin-1','ascii','unicode_escape','raw_unicode_escape']
errs=['strict','ignore','replace','backslashreplace','surrogateescape','surrogatepass','xmlcharrefreplace','namereplace','nosuch','test.h1','test.h2','test.h3','test.h4','test.h5']
def h1(e): return ('<%d:%d:%s>'%(e.start,e.end,type(e.object).__name__), e.end)
def h2(e): return ('?', e.start+1)
def h3(e): return (b'\xfe\xff', e.end) if isinstance(e,UnicodeEncodeError) else ('\ud800\U0001F600',-1 if e.end<len(e.object) else e.end)
def h4(e): return 42
def h5(e): return ('\udc80', e.end)
for n,h in zip(('test.h1','test.h2','test.h3','test.h4','test.h5'),(h1,h2,h3,h4,h5)): codecs.register_error(n,h)
def show(f,*a):
    try: r=f(*a)
    except RecursionError: return 'RecursionError'
    except Exception as e: r=type(e).__name__+': '+str(e)
    return ascii(r)
alphabet=['a','Z','0','+','-','&','\\','\n','\r','\t','\x00','\x7f','\x80','\xe9','\xff','\u0100','\u20ac','\ud7ff','\ud800','\udbff','\udc00','\udc80','\udcff','\udfff','\ue000','\ufeff','\uffff','\U00010000','\U0001f600','\U0010ffff','~','u',' ','x']
strings=['']+alphabet+[''.join(random.choice(alphabet) for _ in range(random.randrange(2,9))) for _ in range(260)]
bs=[b'',b'\xef\xbb\xbfa',b'\xff\xfea\0',b'\xfe\xff\0a',b'\xff\xfe\0\0a\0\0\0',b'\0\0\xfe\xff\0\0\0a']
interesting=[0,1,9,10,13,0x27,0x2b,0x2d,0x2f,0x41,0x5c,0x61,0x75,0x55,0x78,0x4e,0x7b,0x7d,0x7f,0x80,0xa0,0xbf,0xc0,0xc2,0xd8,0xdc,0xdf,0xe0,0xed,0xef,0xf0,0xf4,0xf5,0xff,0xfe,0x30,0x33,0x37,0x38]
bs+=[bytes([i]) for i in range(256)]
bs+=[bytes(random.choice(interesting) for _ in range(random.randrange(2,10))) for _ in range(500)]
bs+=[s.encode(e,'surrogatepass') if 'escape' not in e and e!='utf-7' else s.encode(e) for s in strings[:120] for e in encs if e not in('latin-1','ascii')]
bs+=[rb'\x4',rb'\x41',rb'\xzz',rb'\u12',rb'\u1234',rb'\ud800',rb'\U0001F600',rb'\U00110000',rb'\U12',rb'\N{LATIN SMALL LETTER A}',rb'\N{nope}',rb'\N{',rb'\N',rb'\N{}',rb'\400',rb'\777',rb'\8',rb'\q',b'\\',b'\\\n',rb'\1',rb'\12x', b'\\u', b'\\\xe9',b'+AGEAYg-',b'+2AHcAA-',b'+2AE-',b'+3AA-',b'+A',b'+AGE',b'+AGEA',b'+-',b'+AGEA!',b'+AGF-',b'a+\xff-', b'+AGE\xff',b'+IKwAYQ']
cm={i:chr(i) if i%3 else None for i in range(0,255)}; cm[65]='xyz'; cm[66]=0x1F600; cm[67]='\ufffe'; cm[68]=''; cm[69]=-1; cm[70]=0x110000;cm[71]=1.5
cs=''.join(chr(i) if i%5 else '\ufffe' for i in range(200))
em={i:i for i in range(0,255,2)}; em[0x20ac]=b'EUR'; em[0xe9]=None; em[97]=b''; em[0x1f600]=300; em[65]='x'
emap=codecs.charmap_build(''.join(chr(i+200) for i in range(256)))
out=[]
for e in errs:
    for enc in encs:
        f=codecs.lookup(enc)
        for s in strings:
            out.append(('enc',enc,e,ascii(s),show(f.encode,s,e)))
    for s in strings:
        out.append(('enc','charmap-d',e,ascii(s),show(codecs.charmap_encode,s,e,em)))
        out.append(('enc','charmap-m',e,ascii(s),show(codecs.charmap_encode,s,e,emap)))
        out.append(('enc','charmap-n',e,ascii(s),show(codecs.charmap_encode,s,e)))
    for b in bs:
        for enc in encs:
            out.append(('dec',enc,e,ascii(b),show(codecs.lookup(enc).decode,b,e)))
        out.append(('dec','charmap-d',e,ascii(b),show(codecs.charmap_decode,b,e,cm)))
        out.append(('dec','charmap-s',e,ascii(b),show(codecs.charmap_decode,b,e,cs)))
        out.append(('dec','charmap-n',e,ascii(b),show(codecs.charmap_decode,b,e)))
        out.append(('dec','escape',e,ascii(b),show(codecs.escape_decode,b,e)))
for e in ('strict','replace','surrogateescape','surrogatepass','ignore','test.h1'):
    for b in bs:
        for n in ('utf_8','utf_7','utf_16','utf_16_le','utf_16_be','utf_16_ex','utf_32','utf_32_le','utf_32_be','utf_32_ex','unicode_escape','raw_unicode_escape'):
            f=getattr(_codecs,n+'_decode')
            for final in (False,True):
                a=(b,e,0,final) if n.endswith('_ex') else (b,e,final)
                out.append(('st',n,e,final,ascii(b),show(f,*a)))
            if n.endswith('_ex'):
                for bo in (-1,1): out.append(('st',n,e,bo,ascii(b),show(f,b,e,bo,False)))
    for s in strings:
        for n in ('utf_16','utf_32'):
            for bo in (-1,0,1): out.append(('bo',n,e,bo,ascii(s),show(getattr(_codecs,n+'_encode'),s,e,bo)))
# incremental byte by byte
for enc in encs+['utf-8-sig','cp1252','mac_roman','koi8-r','idna','punycode','hex','rot13','base64','uu','quopri']:
    for e in ('strict','replace','ignore'):
        for b in bs[:260:5]+bs[260:420]:
            def inc():
                try: d=codecs.getincrementaldecoder(enc)(e)
                except Exception as x: return repr(x)
                r=[]
                for i in range(len(b)):
                    r.append(d.decode(b[i:i+1])); r.append(d.getstate())
                r.append(d.decode(b'',True)); r.append(d.getstate())
                return r
            out.append(('inc',enc,e,ascii(b),show(inc)))
for b in bs:
    out.append(('escape_encode',ascii(b),show(codecs.escape_encode,b)))
    out.append(('rb',ascii(b),show(codecs.readbuffer_encode,b)))
for s in strings: out.append(('rbs',ascii(s),show(codecs.readbuffer_encode,s)))
for o in out: print('\t'.join(map(str,o)))
'''


if __name__ == "__main__":
    sys.exit(compare_lines(RUN, __doc__))
