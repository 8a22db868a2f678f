// The type `pyexpat.xmlparser`: methods and attributes. CPython: Modules/pyexpat.c.
import CShims
import PyRuntime

extension VM {
    func makeExpatType(_ parts: PyTuple) -> Value {
        let t = makeType("xmlparser", module: "pyexpat", size: ExpatLayout.size, trace: .words, fieldsEnd: 24, flags: .disallowInstantiation)
        t.doc("XML parser")
        t.type.ref.pointee.flags.insert(.hasFinalize)
        t.type.ref.pointee.cache0 = parts.value
        t.type.slots.finalize = { _, v in
            let layout = v.cast(ExpatLayout.self)
            if let state = layout.pointee.state { Unmanaged<ExpatParser>.fromOpaque(state).release() }
            layout.pointee.state = nil
        }
        defineExpatMethods(t)
        defineExpatAttributes(t)
        defineExpatHandlers(t)
        readyType(t.type)
        return t.type.value
    }

    // MARK: Parsing

    /// The parser, ready for another piece. - Throws: RuntimeError from inside a handler: the library cannot be entered twice.
    private func idleExpat(_ v: Value) throws(Raised) -> ExpatParser {
        let p = try expat(v)
        if p.inCallback { throw raise(.runtimeError, "cannot parse from inside a handler of the same parser") }
        p.begin()
        return p
    }

    /// Parses one piece. - Returns: the library's status, 1 or more.
    private func parsePiece(_ p: ExpatParser, _ bytes: UnsafeBufferPointer<UInt8>, final: Bool) throws(Raised) -> Int {
        var rest = bytes
        // The library counts in C ints.
        let most = 1 << 20
        while true {
            let count = min(rest.count, most)
            let isLast = count == rest.count
            let status = p.library.parse(p.parser, rest.baseAddress, Int32(count), isLast && final ? 1 : 0)
            if p.failed { throw Raised() }
            if status == 0 { throw p.error(p.library.errorCode(p.parser)) }
            if isLast {
                if !p.flushText() { throw Raised() }
                return Int(status)
            }
            rest = UnsafeBufferPointer(rebasing: rest[count...])
            try checkSignals()
        }
    }

    private func parseExpat(_ v: Value, _ data: Value, final: Bool) throws(Raised) -> Value {
        let p = try idleExpat(v)
        let bytes: Value
        if isStr(data) {
            bytes = try encodeUTF8(PyStr(data))
            _ = withCString(Array("utf-8\0".utf8)) { p.library.setEncoding(p.parser, $0) }
        } else {
            bytes = try bytesFromBuffer(data)
        }
        let status = try parsePiece(p, PyBytes(bytes).view, final: final)
        withExtendedLifetime((v, bytes)) {}
        return int(status)
    }

    private func parseExpatFile(_ v: Value, _ file: Value) throws(Raised) -> Value {
        let p = try idleExpat(v)
        let read = try getAttrIfPresent(file, intern("read"))
        if read.isNull { throw raise(.typeError, "argument must have 'read' attribute") }
        let size = 2048
        var status = 1
        while true {
            let piece = try call(read, int(size))
            guard isBytes(piece) || isByteArray(piece) else {
                throw raise(.typeError, "read() did not return a bytes object (type=\(typeName(piece)))")
            }
            let bytes = try bytesFromBuffer(piece)
            let count = PyBytes(bytes).count
            if count > size { throw raise(.valueError, "read() returned too much data: \(size) bytes requested, \(count) returned") }
            status = try parsePiece(p, PyBytes(bytes).view, final: count == 0)
            withExtendedLifetime((v, bytes)) {}
            if count == 0 { return int(status) }
        }
    }

    private func externalParser(_ v: Value, _ a: UnsafeMutablePointer<Value>) throws(Raised) -> Value {
        let context = try expatText(a[0], "ExternalEntityParserCreate() argument 1")
        var encoding: [UInt8]?
        if !a[1].isNull {
            guard isStr(a[1]) else { throw raise(.typeError, "ExternalEntityParserCreate() argument 2 must be str, not \(typeName(a[1]))") }
            encoding = try expatText(a[1], "")
        }
        let p = try expat(v)
        let layout = v.cast(ExpatLayout.self)
        let object = try newExpat(type(of: v), p.library, intern: layout.pointee.intern, handlers: noExpatHandlers(), parent: p) {
            withCString(context) { context in withCString(encoding) { p.library.createExternal(p.parser, context, $0) } }
        }
        let child = try expat(object)
        // Only those that are set: the two default handlers share one place in the library.
        for kind in ExpatHandler.allCases where !p.handler(kind).isNull { child.setHandler(kind, p.handler(kind)) }
        return object
    }

    private func defineExpatMethods(_ t: TypeBuilder) {
        t.defN("Parse($self, data, isfinal=False, /)", "Parse XML data.\n\n`isfinal' should be true at end of input.") { vm, v, a in
            vm.guarded { () throws(Raised) in try vm.parseExpat(v, a[0], final: a[1].isNull ? false : vm.cInt32(a[1]) != 0) }
        }
        t.def1("ParseFile($self, file, /)", "Parse XML data from file-like object.") { vm, v, file in
            vm.guarded { () throws(Raised) in try vm.parseExpatFile(v, file) }
        }
        t.def1("SetBase($self, base, /)", "Set the base URL for the parser.") { vm, v, base in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(base) else { throw vm.raise(.typeError, "SetBase() argument must be str, not \(vm.typeName(base))") }
                let text = try vm.expatText(base, "")
                let p = try vm.expat(v)
                if withCString(text, { p.library.setBase(p.parser, $0) }) == 0 { throw vm.raiseMemoryError() }
                return .none
            }
        }
        t.def0("GetBase($self, /)", "Return base URL string for the parser.") { vm, v in
            vm.guarded { () throws(Raised) in
                let p = try vm.expat(v)
                return p.text(p.library.base(p.parser))
            }
        }
        t.def0("GetInputContext($self, /)", "Return the untranslated text of the input that caused the current event.\n\nIf the event was generated by a large amount of text (such as a start tag\nfor an element with many attributes), not all of the text may be available.") { vm, v in
            vm.guarded { () throws(Raised) in
                let p = try vm.expat(v)
                var offset: Int32 = 0, size: Int32 = 0
                guard p.inCallback, let context = p.library.inputContext(p.parser, &offset, &size) else { return .none }
                return try vm.bytes(UnsafeBufferPointer(start: context + Int(offset), count: Int(size - offset)))
            }
        }
        t.defN("ExternalEntityParserCreate($self, context, encoding=<unrepresentable>,\n                           /)", "Create a parser for parsing an external entity based on the information passed to the ExternalEntityRefHandler.") { vm, v, a in
            vm.guarded { () throws(Raised) in try vm.externalParser(v, a) }
        }
        t.def1("SetParamEntityParsing($self, flag, /)", "Controls parsing of parameter entities (including the external DTD subset).\n\nPossible flag values are XML_PARAM_ENTITY_PARSING_NEVER,\nXML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE and\nXML_PARAM_ENTITY_PARSING_ALWAYS. Returns true if setting the flag\nwas successful.") { vm, v, flag in
            vm.guarded { () throws(Raised) in
                let flag = try vm.cInt32(flag)
                let p = try vm.expat(v)
                return vm.int(Int(p.library.setParamEntityParsing(p.parser, flag)))
            }
        }
        t.defN("UseForeignDTD($self, flag=True, /)", "Allows the application to provide an artificial external subset if one is not specified as part of the document instance.\n\nThis readily allows the use of a 'default' document type controlled by the\napplication, while still getting the advantage of providing document type\ninformation to the parser. 'flag' defaults to True if not provided.") { vm, v, a in
            vm.guarded { () throws(Raised) in
                let flag = try vm.cBool(a[0], default: true)
                let p = try vm.expat(v)
                let code = p.library.useForeignDTD(p.parser, flag ? 1 : 0)
                if code != 0 { throw p.error(code) }
                return .none
            }
        }
    }

    // MARK: Attributes

    private func setExpatFlag(_ v: Value, _ value: Value, _ set: (ExpatParser, Bool) throws(Raised) -> Void) -> Int {
        guardedStatus { () throws(Raised) in
            if value.isNull { throw raise(.runtimeError, "Cannot delete attribute") }
            let on = try isTrue(value)
            try set(expat(v), on)
        }
    }

    private func setExpatBufferSize(_ v: Value, _ value: Value) throws(Raised) {
        if value.isNull { throw raise(.runtimeError, "Cannot delete attribute") }
        guard isInt(value) else { throw raise(.typeError, "buffer_size must be an integer") }
        let size = try cLong(value)
        if size <= 0 { throw raise(.valueError, "buffer_size must be greater than zero") }
        if size > Int(Int32.max) { throw raise(.valueError, "buffer_size must not be greater than \(Int32.max)") }
        let p = try expat(v)
        if p.buffer != nil && size != p.bufferSize && !p.flushText() { throw Raised() }
        p.bufferSize = size
    }

    private func defineExpatAttributes(_ t: TypeBuilder) {
        t.computedMember("intern") { _, v in
            let intern = v.cast(ExpatLayout.self).pointee.intern
            return intern.isNull ? .none : intern
        }
        t.getset("ErrorCode", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { Int($0.library.errorCode($0.parser)) } } })
        t.getset("ErrorLineNumber", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { Int(bitPattern: $0.library.line($0.parser)) } } })
        t.getset("ErrorColumnNumber", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { Int(bitPattern: $0.library.column($0.parser)) } } })
        t.getset("ErrorByteIndex", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { $0.library.byteIndex($0.parser) } } })
        t.getset("CurrentLineNumber", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { Int(bitPattern: $0.library.line($0.parser)) } } })
        t.getset("CurrentColumnNumber", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { Int(bitPattern: $0.library.column($0.parser)) } } })
        t.getset("CurrentByteIndex", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { $0.library.byteIndex($0.parser) } } })
        t.getset("buffer_size", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { $0.bufferSize } } }, set: { vm, v, x in
            vm.guardedStatus { () throws(Raised) in try vm.setExpatBufferSize(v, x) }
        })
        t.getset("buffer_text", get: { vm, v in vm.guarded { () throws(Raised) in Value(try vm.expat(v).buffer != nil) } }, set: { vm, v, x in
            vm.setExpatFlag(v, x) { p, on throws(Raised) in
                if on { if p.buffer == nil { p.buffer = [] } } else {
                    if !p.flushText() { throw Raised() }
                    p.buffer = nil
                }
            }
        })
        t.getset("buffer_used", get: { vm, v in vm.guarded { () throws(Raised) in try vm.expatNumber(v) { $0.buffer?.count ?? 0 } } })
        t.getset("namespace_prefixes", get: { vm, v in vm.guarded { () throws(Raised) in Value(try vm.expat(v).namespacePrefixes) } }, set: { vm, v, x in
            vm.setExpatFlag(v, x) { p, on throws(Raised) in
                p.namespacePrefixes = on
                p.library.setReturnNSTriplet(p.parser, on ? 1 : 0)
            }
        })
        t.getset("ordered_attributes", get: { vm, v in vm.guarded { () throws(Raised) in Value(try vm.expat(v).orderedAttributes) } }, set: { vm, v, x in
            vm.setExpatFlag(v, x) { p, on throws(Raised) in p.orderedAttributes = on }
        })
        t.getset("specified_attributes", get: { vm, v in vm.guarded { () throws(Raised) in Value(try vm.expat(v).specifiedAttributes) } }, set: { vm, v, x in
            vm.setExpatFlag(v, x) { p, on throws(Raised) in p.specifiedAttributes = on }
        })
    }

    private func expatNumber(_ v: Value, _ read: (ExpatParser) -> Int) throws(Raised) -> Value { int(read(try expat(v))) }

    // MARK: Handlers

    fileprivate func expatHandler(_ v: Value, _ kind: ExpatHandler) -> Value {
        guarded { () throws(Raised) in
            let callable = try expat(v).handler(kind)
            return callable.isNull ? .none : callable
        }
    }

    fileprivate func setExpatHandler(_ v: Value, _ kind: ExpatHandler, _ value: Value) -> Int {
        guardedStatus { () throws(Raised) in
            if value.isNull { throw raise(.runtimeError, "Cannot delete attribute") }
            let p = try expat(v)
            // What was collected belongs to the handler that was there.
            if kind == .characterData && !p.flushText() { throw Raised() }
            p.setHandler(kind, value.isNone ? .null : value)
        }
    }

    private func defineExpatHandlers(_ t: TypeBuilder) {
        t.getset("StartElementHandler", get: { $0.expatHandler($1, .startElement) }, set: { $0.setExpatHandler($1, .startElement, $2) })
        t.getset("EndElementHandler", get: { $0.expatHandler($1, .endElement) }, set: { $0.setExpatHandler($1, .endElement, $2) })
        t.getset("ProcessingInstructionHandler", get: { $0.expatHandler($1, .processingInstruction) }, set: { $0.setExpatHandler($1, .processingInstruction, $2) })
        t.getset("CharacterDataHandler", get: { $0.expatHandler($1, .characterData) }, set: { $0.setExpatHandler($1, .characterData, $2) })
        t.getset("UnparsedEntityDeclHandler", get: { $0.expatHandler($1, .unparsedEntityDecl) }, set: { $0.setExpatHandler($1, .unparsedEntityDecl, $2) })
        t.getset("NotationDeclHandler", get: { $0.expatHandler($1, .notationDecl) }, set: { $0.setExpatHandler($1, .notationDecl, $2) })
        t.getset("StartNamespaceDeclHandler", get: { $0.expatHandler($1, .startNamespaceDecl) }, set: { $0.setExpatHandler($1, .startNamespaceDecl, $2) })
        t.getset("EndNamespaceDeclHandler", get: { $0.expatHandler($1, .endNamespaceDecl) }, set: { $0.setExpatHandler($1, .endNamespaceDecl, $2) })
        t.getset("CommentHandler", get: { $0.expatHandler($1, .comment) }, set: { $0.setExpatHandler($1, .comment, $2) })
        t.getset("StartCdataSectionHandler", get: { $0.expatHandler($1, .startCdataSection) }, set: { $0.setExpatHandler($1, .startCdataSection, $2) })
        t.getset("EndCdataSectionHandler", get: { $0.expatHandler($1, .endCdataSection) }, set: { $0.setExpatHandler($1, .endCdataSection, $2) })
        t.getset("DefaultHandler", get: { $0.expatHandler($1, .defaultText) }, set: { $0.setExpatHandler($1, .defaultText, $2) })
        t.getset("DefaultHandlerExpand", get: { $0.expatHandler($1, .defaultTextExpand) }, set: { $0.setExpatHandler($1, .defaultTextExpand, $2) })
        t.getset("NotStandaloneHandler", get: { $0.expatHandler($1, .notStandalone) }, set: { $0.setExpatHandler($1, .notStandalone, $2) })
        t.getset("ExternalEntityRefHandler", get: { $0.expatHandler($1, .externalEntityRef) }, set: { $0.setExpatHandler($1, .externalEntityRef, $2) })
        t.getset("StartDoctypeDeclHandler", get: { $0.expatHandler($1, .startDoctypeDecl) }, set: { $0.setExpatHandler($1, .startDoctypeDecl, $2) })
        t.getset("EndDoctypeDeclHandler", get: { $0.expatHandler($1, .endDoctypeDecl) }, set: { $0.setExpatHandler($1, .endDoctypeDecl, $2) })
        t.getset("EntityDeclHandler", get: { $0.expatHandler($1, .entityDecl) }, set: { $0.setExpatHandler($1, .entityDecl, $2) })
        t.getset("XmlDeclHandler", get: { $0.expatHandler($1, .xmlDecl) }, set: { $0.setExpatHandler($1, .xmlDecl, $2) })
        t.getset("ElementDeclHandler", get: { $0.expatHandler($1, .elementDecl) }, set: { $0.setExpatHandler($1, .elementDecl, $2) })
        t.getset("AttlistDeclHandler", get: { $0.expatHandler($1, .attlistDecl) }, set: { $0.setExpatHandler($1, .attlistDecl, $2) })
        t.getset("SkippedEntityHandler", get: { $0.expatHandler($1, .skippedEntity) }, set: { $0.setExpatHandler($1, .skippedEntity, $2) })
    }
}
