// The module `_string`: what `string.Formatter` is made of. CPython: Objects/unicodeobject.c (_string_module),
// Objects/stringlib/unicode_format.h. The iterators are made eagerly.
import PyUnicode

extension VM {
    func registerStringModule() {
        registerModule("_string") { vm, module in
            let m = ModuleBuilder(vm, module: module)
            m.attribute("__doc__", vm.str("""
                string helper module
                """ as StaticString))
            m.def1("-formatter_parser(format, /)", "parse the argument as a format string") { vm, _, format in
                vm.guarded { () throws(Raised) in
                    guard vm.isStr(format) else { throw vm.raise(.typeError, "expected str, got \(vm.typeName(format))") }
                    return try vm.iter(vm.formatterPieces(PyStr(format)))
                }
            }
            m.def1("-formatter_field_name_split(name, /)", "split the argument as a field name") { vm, _, name in
                vm.guarded { () throws(Raised) in
                    guard vm.isStr(name) else { throw vm.raise(.typeError, "expected str, got \(vm.typeName(name))") }
                    return try vm.formatterFieldName(PyStr(name))
                }
            }
            return 0
        }
    }

    private func formatterPieces(_ format: PyStr) throws(Raised) -> Value {
        let list = try newList()
        var at = 0
        while let piece = try nextFormatPiece(format.view, &at) {
            let literal = try str(piece.literal)
            guard piece.hasField else {
                try list.append(self, tuple(literal, .none, .none, .none))
                continue
            }
            let conversion = piece.conversion == 0 ? Value.none : str(codePoint: piece.conversion)
            try list.append(self, tuple(literal, try str(piece.name), try str(piece.spec), conversion))
        }
        return list.value
    }

    private func formatterFieldName(_ name: PyStr) throws(Raised) -> Value {
        let view = name.view
        let end = firstPartEnd(view)
        let first = view.slice(0, end)
        let index = try fieldIndex(first)
        let rest = try newList()
        var at = end
        while let part = try nextFieldPart(view, &at) {
            let key = part.isAttribute || part.index < 0 ? try str(part.text) : int(part.index)
            try rest.append(self, tuple(Value(part.isAttribute), key))
        }
        return tuple(index >= 0 ? int(index) : try str(first), try iter(rest.value))
    }
}
