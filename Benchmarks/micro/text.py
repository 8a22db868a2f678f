import json, re, struct, base64, hashlib, io, string


_words = "the quick brown fox jumps over the lazy dog " * 4
_number = re.compile(r"\d+")
_word = re.compile(r"\w+")
_date = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_alternatives = re.compile(r"fox|dog|cat")
_tag = re.compile(r"<([a-z]+)[^>]*>(.*?)</\1>")
_data = {"name": "x", "values": [1, 2.5, None, True], "nested": {"a": "b\n"}}
_json = json.dumps([_data] * 3)


def str_concat(n):
    a, b = "abc", "def"
    for i in range(n): a + b

def str_grow(n):
    s = ""
    for i in range(n): s += "x"

def str_join(n):
    x = ["abc"] * 10
    for i in range(n): ",".join(x)

def str_split(n):
    for i in range(n): _words.split()

def str_split_comma(n):
    s = "a,bc,def,g"
    for i in range(n): s.split(",")

def str_replace(n):
    for i in range(n): _words.replace("fox", "cat")

def str_find(n):
    for i in range(n): _words.find("dog")

def str_in(n):
    for i in range(n): "lazy" in _words

def str_startswith(n):
    for i in range(n): _words.startswith("the")

def str_strip(n):
    for i in range(n): "  abc  ".strip()

def str_lower(n):
    for i in range(n): "HELLO World".lower()

def str_index(n):
    s = "hello"
    for i in range(n): s[1]

def str_slice(n):
    s = "hello world"
    for i in range(n): s[2:7]

def str_iterate(n):
    s = "hello world"
    for i in range(n):
        for c in s: pass

def str_equal(n):
    a, b = "hello world", "".join(["hello ", "world"])
    for i in range(n): a == b

def str_less(n):
    a, b = "hello a", "hello b"
    for i in range(n): a < b

def str_hash_new(n):
    for i in range(n): hash("%d" % i)

def str_percent(n):
    for i in range(n): "%s=%d" % ("a", i)

def str_format(n):
    for i in range(n): "{}={}".format("a", i)

def str_format_spec(n):
    for i in range(n): "{:>8}|{:.3f}".format("a", 1.5)

def f_string(n):
    for i in range(n): f"a={i}"

def f_string_spec(n):
    for i in range(n): f"{i:5d}{1.5:.2f}"

def f_string_repr(n):
    s = "abc"
    for i in range(n): f"{s!r}"

def str_of_int(n):
    for i in range(n): str(i)

def int_of_str(n):
    for i in range(n): int("12345")

def float_of_str(n):
    for i in range(n): float("3.25")

def repr_float(n):
    x = 1.1
    for i in range(n): repr(x)

def repr_list(n):
    x = [1, 2, "a"]
    for i in range(n): repr(x)

def ord_chr(n):
    for i in range(n): chr(ord("a") + 1)

def str_isdigit(n):
    for i in range(n): "12345".isdigit()

def str_encode_decode(n):
    for i in range(n): "hello".encode().decode()

def str_translate(n):
    t = str.maketrans("abc", "xyz")
    for i in range(n): "aabbcc".translate(t)

def str_partition(n):
    for i in range(n): "key=value".partition("=")

def str_count(n):
    for i in range(n): _words.count("o")

def str_zfill_center(n):
    for i in range(n): "5".zfill(3); "5".center(5)

def str_splitlines(n):
    s = "ab\ncd\nef\n"
    for i in range(n): s.splitlines()

def str_unicode_slice(n):
    s = "h\u00e9llo w\u4e16rld"
    for i in range(n): s[2:7]

def str_reverse(n):
    s = "hello world"
    for i in range(n): s[::-1]

def bytes_index(n):
    b = b"hello"
    for i in range(n): b[1]

def bytes_slice_join(n):
    b = b"hello world"
    for i in range(n): b"-".join([b[:3], b[3:]])

def bytearray_append(n):
    b = bytearray()
    for i in range(n): b.append(i & 255)

def bytes_iterate(n):
    b = b"hello world"
    for i in range(n):
        for c in b: pass

def memoryview_slice(n):
    m = memoryview(b"hello world")
    for i in range(n): m[2:5]

def re_match(n):
    for i in range(n): _date.match("2024-05-06")

def re_groups(n):
    m = _date.match("2024-05-06")
    for i in range(n): m.groups()

def re_search_late(n):
    for i in range(n): _number.search("abc def ghi jkl 123")

def re_search_literal(n):
    p = re.compile("lazy")
    for i in range(n): p.search(_words)

def re_findall_words(n):
    for i in range(n // 10 + 1): _word.findall(_words)

def re_sub(n):
    for i in range(n // 10 + 1): _word.sub("x", _words)

def re_sub_function(n):
    for i in range(n // 10 + 1): _word.sub(lambda m: m.group(), _words)

def re_alternatives(n):
    for i in range(n // 10 + 1): _alternatives.findall(_words)

def re_lazy_backreference(n):
    for i in range(n): _tag.search("text <b class='x'>bold words</b> more")

def re_split(n):
    p = re.compile(r"[,;]\s*")
    for i in range(n): p.split("a, b;c,  d")

def re_module_function(n):
    for i in range(n): re.match("a+", "aaa")

def json_dumps(n):
    for i in range(n // 10 + 1): json.dumps(_data)

def json_dumps_indent(n):
    for i in range(n // 10 + 1): json.dumps(_data, indent=1)

def json_loads(n):
    for i in range(n // 10 + 1): json.loads(_json)

def struct_pack(n):
    for i in range(n): struct.pack("<IHb", i & 65535, 2, 3)

def struct_unpack(n):
    b = struct.pack("<IHb", 1, 2, 3)
    for i in range(n): struct.unpack("<IHb", b)

def base64_round(n):
    for i in range(n): base64.b64decode(base64.b64encode(b"hello world"))

def sha256_short(n):
    for i in range(n): hashlib.sha256(b"hello").digest()

def stringio_write(n):
    f = io.StringIO()
    for i in range(n): f.write("abc")

def bytesio_read(n):
    f = io.BytesIO(b"x" * 100000)
    for i in range(n):
        if not f.read(10): f.seek(0)

def stringio_lines(n):
    t = "line of text\n" * 10
    for i in range(n // 10 + 1):
        for line in io.StringIO(t): pass

def template_substitute(n):
    t = string.Template("$a and $b")
    for i in range(n // 10 + 1): t.substitute(a=1, b=2)
