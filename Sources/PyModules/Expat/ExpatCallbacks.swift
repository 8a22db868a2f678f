// The functions that Expat calls. Each finds its parser by the user data and calls the Python handler with CPython's arguments.
// Rules: expat.h; CPython's xml.parsers.expat documentation.
import CShims
import PyRuntime

private func expat(_ data: XMLUserData?) -> ExpatParser? {
    data.map { Unmanaged<ExpatParser>.fromOpaque($0).takeUnretainedValue() }
}

private typealias VoidCallback = @convention(c) (XMLUserData?) -> Void
private typealias TextCallback = @convention(c) (XMLUserData?, XMLText?) -> Void
private typealias TwoTextsCallback = @convention(c) (XMLUserData?, XMLText?, XMLText?) -> Void
private typealias PieceCallback = @convention(c) (XMLUserData?, XMLText?, Int32) -> Void

/// A C function as a plain address.
private func address<F>(_ function: F) -> UnsafeRawPointer { unsafeBitCast(function, to: UnsafeRawPointer.self) }

/// The function of this file that stands for `kind`.
func callback(_ kind: ExpatHandler) -> UnsafeRawPointer {
    switch kind {
    case .startElement: address(startElement)
    case .endElement: address(endElement)
    case .processingInstruction: address(processingInstruction)
    case .characterData: address(characterData)
    case .unparsedEntityDecl: address(unparsedEntityDecl)
    case .notationDecl: address(notationDecl)
    case .startNamespaceDecl: address(startNamespaceDecl)
    case .endNamespaceDecl: address(endNamespaceDecl)
    case .comment: address(comment)
    case .startCdataSection: address(startCdataSection)
    case .endCdataSection: address(endCdataSection)
    case .defaultText: address(defaultText)
    case .defaultTextExpand: address(defaultTextExpand)
    case .notStandalone: address(notStandalone)
    case .externalEntityRef: address(externalEntityRef)
    case .startDoctypeDecl: address(startDoctypeDecl)
    case .endDoctypeDecl: address(endDoctypeDecl)
    case .entityDecl: address(entityDecl)
    case .xmlDecl: address(xmlDecl)
    case .elementDecl: address(elementDecl)
    case .attlistDecl: address(attlistDecl)
    case .skippedEntity: address(skippedEntity)
    }
}

extension ExpatParser {
    /// A tuple of the given values. Parameters, not an array: the collector looks for them on the stack.
    fileprivate func arguments(
        _ a: Value = .null, _ b: Value = .null, _ c: Value = .null, _ d: Value = .null, _ e: Value = .null, _ f: Value = .null,
        _ g: Value = .null
    ) throws(Raised) -> Value {
        let count = g.isNull ? f.isNull ? e.isNull ? d.isNull ? a.isNull ? 0 : b.isNull ? 1 : c.isNull ? 2 : 3 : 4 : 5 : 6 : 7
        let tuple = try vm.newTuple(count)
        if count > 0 { tuple[0] = a }
        if count > 1 { tuple[1] = b }
        if count > 2 { tuple[2] = c }
        if count > 3 { tuple[3] = d }
        if count > 4 { tuple[4] = e }
        if count > 5 { tuple[5] = f }
        if count > 6 { tuple[6] = g }
        return tuple.value
    }

    /// `attributes` is a list of names and values that ends with nil.
    fileprivate func attributeContainer(_ attributes: UnsafeMutablePointer<XMLText?>?) throws(Raised) -> Value {
        var count = 0
        if specifiedAttributes { count = Int(library.specifiedAttributeCount(parser)) } else {
            while let attributes, attributes[count] != nil { count += 2 }
        }
        let list = try vm.newList(capacity: orderedAttributes ? count : 0)
        let dict = vm.newDict()
        var i = 0
        while let attributes, i + 1 < count {
            let key = try name(attributes[i]), value = text(attributes[i + 1])
            if orderedAttributes {
                try list.append(vm, key)
                try list.append(vm, value)
            } else {
                try dict.set(vm, key, value)
            }
            i += 2
        }
        return orderedAttributes ? list.value : dict.value
    }

    /// `(type, quantifier, name, children)`. Models of more than a thousand levels are refused.
    fileprivate func model(_ content: UnsafeMutablePointer<taipan_xml_content>, depth: Int = 0) throws(Raised) -> Value {
        if depth > 1000 { throw vm.raise(.recursionError, "maximum recursion depth exceeded") }
        let children = try vm.newTuple(Int(content.pointee.numchildren))
        for i in 0..<children.count { children[i] = .none }
        if let first = content.pointee.children {
            for i in 0..<children.count { children[i] = try model(first + i, depth: depth + 1) }
        }
        return try arguments(
            vm.int(Int(content.pointee.type)), vm.int(Int(content.pointee.quant)), try name(content.pointee.name), children.value)
    }
}

private let startElement: @convention(c) (XMLUserData?, XMLText?, UnsafeMutablePointer<XMLText?>?) -> Void = { data, name, attributes in
    guard let p = expat(data) else { return }
    p.deliver(.startElement) { () throws(Raised) in try p.vm.tuple(p.name(name), p.attributeContainer(attributes)) }
}
private let endElement: TextCallback = { data, name in
    guard let p = expat(data) else { return }
    p.deliver(.endElement) { () throws(Raised) in p.vm.tuple(try p.name(name)) }
}
private let processingInstruction: TwoTextsCallback = { data, target, text in
    guard let p = expat(data) else { return }
    p.deliver(.processingInstruction) { () throws(Raised) in p.vm.tuple(try p.name(target), p.text(text)) }
}
private let characterData: PieceCallback = { data, text, count in
    guard let p = expat(data), let text else { return }
    // Safe: char and unsigned char have one layout.
    text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { p.characterData(UnsafeBufferPointer(start: $0, count: Int(count))) }
}
private let unparsedEntityDecl: @convention(c) (XMLUserData?, XMLText?, XMLText?, XMLText?, XMLText?, XMLText?) -> Void = {
    data, entity, base, system, publicID, notation in
    guard let p = expat(data) else { return }
    p.deliver(.unparsedEntityDecl) { () throws(Raised) in
        try p.arguments(p.name(entity), p.name(base), p.name(system), p.name(publicID), p.name(notation))
    }
}
private let notationDecl: @convention(c) (XMLUserData?, XMLText?, XMLText?, XMLText?, XMLText?) -> Void = { data, notation, base, system, publicID in
    guard let p = expat(data) else { return }
    p.deliver(.notationDecl) { () throws(Raised) in try p.arguments(p.name(notation), p.name(base), p.name(system), p.name(publicID)) }
}
private let startNamespaceDecl: TwoTextsCallback = { data, prefix, uri in
    guard let p = expat(data) else { return }
    p.deliver(.startNamespaceDecl) { () throws(Raised) in try p.vm.tuple(p.name(prefix), p.name(uri)) }
}
private let endNamespaceDecl: TextCallback = { data, prefix in
    guard let p = expat(data) else { return }
    p.deliver(.endNamespaceDecl) { () throws(Raised) in p.vm.tuple(try p.name(prefix)) }
}
private let comment: TextCallback = { data, text in
    guard let p = expat(data) else { return }
    p.deliver(.comment) { () throws(Raised) in p.vm.tuple(p.text(text)) }
}
private let startCdataSection: VoidCallback = { data in
    guard let p = expat(data) else { return }
    p.deliver(.startCdataSection) { () throws(Raised) in try p.arguments() }
}
private let endCdataSection: VoidCallback = { data in
    guard let p = expat(data) else { return }
    p.deliver(.endCdataSection) { () throws(Raised) in try p.arguments() }
}
private let defaultText: PieceCallback = { data, text, count in
    guard let p = expat(data), let text else { return }
    p.deliver(.defaultText) { () throws(Raised) in p.vm.tuple(p.text(text, Int(count))) }
}
private let defaultTextExpand: PieceCallback = { data, text, count in
    guard let p = expat(data), let text else { return }
    p.deliver(.defaultTextExpand) { () throws(Raised) in p.vm.tuple(p.text(text, Int(count))) }
}
private let notStandalone: @convention(c) (XMLUserData?) -> Int32 = { data in
    guard let p = expat(data) else { return 0 }
    return p.ask(.notStandalone) { () throws(Raised) in try p.arguments() }
}
/// The first argument is the parser itself, whose first word is the user data (expat.h, XML_GetUserData).
private let externalEntityRef: @convention(c) (XMLParser?, XMLText?, XMLText?, XMLText?, XMLText?) -> Int32 = { parser, context, base, system, publicID in
    guard let p = expat(parser?.load(as: XMLUserData?.self)) else { return 0 }
    return p.ask(.externalEntityRef) { () throws(Raised) in try p.arguments(p.text(context), p.name(base), p.name(system), p.name(publicID)) }
}
private let startDoctypeDecl: @convention(c) (XMLUserData?, XMLText?, XMLText?, XMLText?, Int32) -> Void = { data, name, system, publicID, internalSubset in
    guard let p = expat(data) else { return }
    p.deliver(.startDoctypeDecl) { () throws(Raised) in
        try p.arguments(p.name(name), p.name(system), p.name(publicID), p.vm.int(Int(internalSubset)))
    }
}
private let endDoctypeDecl: VoidCallback = { data in
    guard let p = expat(data) else { return }
    p.deliver(.endDoctypeDecl) { () throws(Raised) in try p.arguments() }
}
private let entityDecl: @convention(c) (XMLUserData?, XMLText?, Int32, XMLText?, Int32, XMLText?, XMLText?, XMLText?, XMLText?) -> Void = {
    data, name, isParameter, value, count, base, system, publicID, notation in
    guard let p = expat(data) else { return }
    p.deliver(.entityDecl) { () throws(Raised) in
        try p.arguments(
            p.name(name), p.vm.int(Int(isParameter)), value.map { p.text($0, Int(count)) } ?? .none, p.name(base), p.name(system),
            p.name(publicID), p.name(notation))
    }
}
private let xmlDecl: @convention(c) (XMLUserData?, XMLText?, XMLText?, Int32) -> Void = { data, version, encoding, standalone in
    guard let p = expat(data) else { return }
    p.deliver(.xmlDecl) { () throws(Raised) in try p.arguments(p.text(version), p.text(encoding), p.vm.int(Int(standalone))) }
}
private let elementDecl: @convention(c) (XMLUserData?, XMLText?, UnsafeMutablePointer<taipan_xml_content>?) -> Void = { data, name, model in
    guard let p = expat(data), let model else { return }
    p.deliver(.elementDecl) { () throws(Raised) in try p.vm.tuple(p.name(name), p.model(model)) }
    p.library.freeContentModel(p.parser, model)
}
private let attlistDecl: @convention(c) (XMLUserData?, XMLText?, XMLText?, XMLText?, XMLText?, Int32) -> Void = {
    data, element, attribute, type, value, isRequired in
    guard let p = expat(data) else { return }
    p.deliver(.attlistDecl) { () throws(Raised) in
        try p.arguments(p.name(element), p.name(attribute), p.text(type), p.text(value), p.vm.int(Int(isRequired)))
    }
}
private let skippedEntity: @convention(c) (XMLUserData?, XMLText?, Int32) -> Void = { data, name, isParameter in
    guard let p = expat(data) else { return }
    p.deliver(.skippedEntity) { () throws(Raised) in p.vm.tuple(try p.name(name), p.vm.int(Int(isParameter))) }
}

/// An encoding that Expat does not know: the table of its 256 bytes, by the codec of that name.
private let decodeUnknownEncoding: @convention(c) (XMLUserData?, XMLText?, UnsafeMutablePointer<taipan_xml_encoding>?) -> Int32 = { data, name, info in
    guard let p = expat(data), let info, !p.failed else { return 0 }
    do {
        let decoded = try p.vm.decodedByteTable(p.text(name))
        withUnsafeMutableBytes(of: &info.pointee.map) { raw in
            let map = raw.bindMemory(to: Int32.self)
            for i in 0..<256 { map[i] = decoded[i] == 0xFFFD ? -1 : Int32(decoded[i]) }
        }
        info.pointee.data = nil
        info.pointee.convert = nil
        info.pointee.release = nil
        return 1
    } catch {
        p.fail()
        return 0
    }
}
func unknownEncodingCallback() -> UnsafeRawPointer { address(decodeUnknownEncoding) }

extension VM {
    /// What the 256 bytes mean in a single-byte encoding. - Throws: LookupError; ValueError for a multi-byte one.
    fileprivate func decodedByteTable(_ encoding: Value) throws(Raised) -> PyStr {
        let all = try bytes([UInt8](0...255))
        let text = try callMethod(all, intern("decode"), encoding, str("replace" as StaticString))
        guard isStr(text), PyStr(text).count == 256 else { throw raise(.valueError, "multi-byte encodings are not supported") }
        return PyStr(text)
    }
}
