# needs: pyexpat
# pyexpat: handlers, buffered text, errors, and what stands on it.
import xml.etree.ElementTree as ET
from xml.parsers import expat

p = expat.ParserCreate(namespace_separator="!")
p.buffer_text = True
p.StartElementHandler = lambda name, attributes: print("start", name, attributes)
p.EndElementHandler = lambda name: print("end", name)
p.CharacterDataHandler = lambda text: print("text", repr(text))
p.CommentHandler = lambda text: print("comment", text)
p.ProcessingInstructionHandler = lambda target, text: print("pi", target, text)
p.StartNamespaceDeclHandler = lambda prefix, uri: print("ns", prefix, uri)
p.XmlDeclHandler = lambda *a: print("xml", a)
p.EntityDeclHandler = lambda *a: print("entity", a)
p.ElementDeclHandler = lambda *a: print("element", a)
p.AttlistDeclHandler = lambda *a: print("attlist", a)
p.StartDoctypeDeclHandler = lambda *a: print("doctype", a)
print(p.Parse("""<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE a [<!ENTITY e 'é&#xA0;x'><!ELEMENT a (b|c*)+><!ATTLIST a k CDATA 'v'>]>
<a xmlns:n="u:r"><!-- note --><n:b n:k="1">x&e;y
z</n:b><?go now?></a>""", True))
# expect: xml ('1.0', 'utf-8', -1)
# expect: doctype ('a', None, None, 1)
# expect: entity ('e', 0, 'é\xa0x', None, None, None, None)
# expect: element ('a', (5, 3, None, ((4, 0, 'b', ()), (4, 2, 'c', ()))))
# expect: attlist ('a', 'k', 'CDATA', 'v', 0)
# expect: ns n u:r
# expect: start a {'k': 'v'}
# expect: comment  note 
# expect: start u:r!b {'u:r!k': '1'}
# expect: text 'xé\xa0xy\nz'
# expect: end u:r!b
# expect: pi go now
# expect: end a
# expect: 1

p = expat.ParserCreate()
try:
    p.Parse("<a>\n<b></a>")
except expat.ExpatError as e:
    print(e, e.code == expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH], e.lineno, e.offset, p.ErrorLineNumber)
# expect: mismatched tag: line 2, column 5 True 2 5 2

p = expat.ParserCreate()
heard = []


def stop(name, attributes):
    heard.append(name)
    raise KeyError(name)


p.StartElementHandler = stop
try:
    p.Parse("<a><b/><c/></a>", True)
except KeyError as e:
    print("stopped at", e, heard)
# expect: stopped at 'a' ['a']

p = expat.ParserCreate("iso-8859-15")
p.CharacterDataHandler = lambda text: print(ascii(text))
p.Parse(b"<a>\xa4</a>", True)
# expect: '\u20ac'

root = ET.fromstring("<r><i n='1'>one<s/>tail</i><i n='2'/></r>")
print([(e.tag, e.attrib, e.text, e.tail) for e in root.iter()])
# expect: [('r', {}, None, None), ('i', {'n': '1'}, 'one', None), ('s', {}, None, 'tail'), ('i', {'n': '2'}, None, None)]
ET.indent(root)
print(ET.tostring(root, encoding="unicode"))
# expect: <r>
# expect:   <i n="1">one<s />tail</i>
# expect:   <i n="2" />
# expect: </r>
