# audioop: every function on fragments of each width; digests of long results.
import audioop, zlib

def sound(n, width):
    x, out = 1, b''
    for i in range(n):
        x = (x * 1103515245 + 12345) % 2**31
        out += (2 * x >> (32 - 8 * width)).to_bytes(width, 'little')
    return out

def attempt(function, *arguments):
    try: return function(*arguments)
    except Exception as problem: return f'{type(problem).__name__}: {problem}'

def digest(value):
    if isinstance(value, bytes): return len(value), zlib.crc32(value)
    return value if not isinstance(value, tuple) else tuple(digest(v) for v in value)

for width in 1, 2, 3, 4:
    s, t = sound(200, width), sound(200, width)[::-1]
    print(width, [getattr(audioop, f)(s, width) for f in ('max', 'minmax', 'avg', 'rms', 'avgpp', 'maxpp', 'cross')], audioop.getsample(s, width, 7))
    print([digest(audioop.lin2lin(s, width, w)) for w in (1, 2, 3, 4)], digest(audioop.add(s, t, width)), digest(audioop.reverse(s, width)), digest(audioop.byteswap(s, width)))
    print(digest(audioop.mul(s, width, 1.7)), digest(audioop.mul(s, width, -0.3)), digest(audioop.bias(s, width, 12345)), digest(audioop.tomono(s, width, 0.5, 0.6)), digest(audioop.tostereo(s, width, 1, -1.5)))
    print(digest(audioop.lin2ulaw(s, width)), digest(audioop.lin2alaw(s, width)), digest(audioop.ulaw2lin(s, width)), digest(audioop.alaw2lin(s, width)), digest(audioop.lin2adpcm(s, width, None)), digest(audioop.adpcm2lin(s, width, (-7, 40))))
    print(digest(audioop.ratecv(s, width, 2, 8000, 11025, None)), digest(audioop.ratecv(s, width, 1, 44100, 8000, None, 3, 1)))
state, parts = None, b''
for i in range(4):
    part, state = audioop.ratecv(sound(10, 2), 2, 1, 3, 7, state)
    parts += part
print(digest(parts), state)
s = sound(60, 2)
print(audioop.findfit(s, s[20:40]), audioop.findfactor(s, s), audioop.findmax(s, 5), audioop.findfit(s, b''), audioop.findfactor(b'', b''))
for arguments in (('add', b'12', b'1', 1), ('add', b'12', b'34', 5), ('add', b'123', b'345', 2), ('max', b'abc', 2), ('max', b'', 2), ('minmax', b'', 1), ('cross', b'', 1),
    ('getsample', b'ab', 1, 2), ('findfit', b'abc', b'ab'), ('findfit', b'ab', b'abcd'), ('findmax', b'ab', -1), ('ratecv', b'ab', 1, 0, 1, 1, None), ('ratecv', b'ab', 1, 1, 0, 1, None),
    ('ratecv', b'ab', 1, 1, 1, 1, 5), ('ratecv', b'ab', 1, 1, 1, 1, (1,)), ('ratecv', b'ab', 1, 1, 1, 1, (1, ())), ('ratecv', b'ab', 2, 2**30, 1, 1, None), ('ratecv', b'ab', 1, 1, 1, 1, None, 0),
    ('lin2adpcm', b'ab', 1, 5), ('lin2adpcm', b'ab', 1, (1, 99)), ('adpcm2lin', b'ab', 1, (1,)), ('tomono', b'a', 1, 1, 1), ('bias', b'ab', 1, 2**31), ('mul', 'ab', 1, 1)):
    print(attempt(getattr(audioop, arguments[0]), *arguments[1:]))
# expect: 1 [126, (-125, 126), 4, 76, 131, 244, 99] 57
# expect: [(200, 2928792004), (400, 3681648445), (600, 1224497734), (800, 2458598678)] (200, 3351368577) (200, 419605729) (200, 2928792004)
# expect: (200, 2499282488) (200, 2415782762) (200, 1666201612) (100, 2501881384) (400, 44705240)
# expect: (200, 699321133) (200, 745599592) (200, 486287495) (200, 4225457606) ((100, 1537541981), (3692, 87)) ((400, 914544823), (9068, 85))
# expect: ((274, 1712820624), (-181, ((-1493172224, 1124073472), (-1342177280, 452984832)))) ((37, 2393356877), (-397, ((522657731, 470403056),)))
# expect: 2 [32496, (-31860, 32496), 1364, 19670, 33779, 62455, 99] 14839
# expect: [(200, 2928792004), (400, 2464412129), (600, 1843727309), (800, 3267225794)] (400, 2173912246) (400, 681249401) (400, 3970486178)
# expect: (400, 680862047) (400, 904745014) (400, 1923072842) (200, 1633593149) (800, 3159766304)
# expect: (200, 2972826439) (200, 2068309798) (800, 2938587907) (800, 2587994855) ((100, 21906998), (3692, 87)) ((1600, 3636102429), (9068, 85))
# expect: ((548, 3499777880), (-181, ((-1481965568, 1133182976), (-1329266688, 458227712)))) ((74, 1401108086), (-397, ((532470576, 476788428),)))
# expect: 3 [8319114, (-8155907, 8319114), 349536, 5035567, 8647607, 15988400, 99] 3798876
# expect: [(200, 2928792004), (400, 2464412129), (600, 476462141), (800, 2792936789)] (600, 4096178617) (600, 2750794181) (600, 2467139161)
# expect: (600, 2361694524) (600, 3492957200) (600, 4014057103) (300, 2723964223) (1200, 3849291375)
# expect: (200, 2972826439) (200, 2068309798) (1800, 3375226727) (1800, 2310900180) ((100, 21906998), (3692, 87)) ((3600, 3428832734), (9068, 85))
# expect: ((822, 3476285336), (-181, ((-1481943552, 1133246464), (-1329211648, 458239488)))) ((111, 1023647930), (-397, ((532530342, 476812201),)))
# expect: 4 [2129693352, (-2087912116, 2129693352), 89481567, 1289105405, 2213787425, 4093030222, 99] 972512370
# expect: [(200, 2928792004), (400, 2464412129), (600, 476462141), (800, 1431657593)] (800, 3875667835) (800, 1452193478) (800, 1407129131)
# expect: (800, 103187814) (800, 2370175576) (800, 610340354) (400, 1973130759) (1600, 2191781692)
# expect: (200, 2972826439) (200, 2068309798) (3200, 1441106725) (3200, 1601705019) ((100, 21906998), (3692, 87)) ((6400, 1644768775), (3853, 85))
# expect: ((1096, 2523746443), (-181, ((-1481943324, 1133246592), (-1329211514, 458239730)))) ((148, 1146634846), (-397, ((532530478, 476812417),)))
# expect: (184, 367639670) (-3, ((2125004800, 535625728),))
# expect: (10, 1.0) 1.0 24 (0, nan) nan
# expect: error: Lengths should be the same
# expect: error: Size should be 1, 2, 3 or 4
# expect: error: not a whole number of frames
# expect: error: not a whole number of frames
# expect: 0
# expect: (2147483647, -2147483648)
# expect: -1
# expect: error: Index out of range
# expect: error: Strings should be even-sized
# expect: error: First sample should be longer
# expect: error: Input sample should be longer
# expect: error: # of channels should be >= 1
# expect: error: sampling rate not > 0
# expect: TypeError: state must be a tuple or None
# expect: TypeError: ratecv(): illegal state argument
# expect: error: illegal state argument
# expect: OverflowError: width * nchannels too big for a C int
# expect: error: weightA should be >= 1, weightB should be >= 0
# expect: TypeError: state must be a tuple or None
# expect: ValueError: bad state
# expect: TypeError: adpcm2lin(): illegal state argument
# expect: error: not a whole number of frames
# expect: OverflowError: Python int too large to convert to C int
# expect: TypeError: a bytes-like object is required, not 'str'
