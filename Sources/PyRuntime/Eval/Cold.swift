// The opcodes that always call out: containers, exceptions, imports, pattern matching, formatting.
// CPython: the corresponding cases of Python/ceval.c.
import PyBytecode

extension VM {
    /// Executes one cold instruction; `pc` is past its extra words.
    @inline(never) func executeCold(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UInt64, _ pc: UnsafeMutablePointer<UInt64>
    ) throws(Raised) {
        let regs = frame.pointee.base
        let a = ExecWord.a(word)
        let b = ExecWord.b(word)
        let c = ExecWord.c(word)
        switch ExecWord.op(word) {
        case .buildSet: regs[a] = try buildSet(regs + b, c)
        case .buildString: regs[a] = try joinStrings(regs + b, c)
        case .buildMap: regs[a] = try buildMap(regs + b, c)
        case .buildConstKeyMap: regs[a] = try buildConstKeyMap(regs + b, c)
        case .buildSlice: regs[a] = newSlice(regs[b], regs[b + 1], c == 3 ? regs[b + 2] : .none)
        case .formatValue: regs[a] = try formatValue(regs[b], ExecWord.f(word), ExecWord.f(word) & 4 != 0 ? regs[b + 1] : .null)
        case .setAdd: try setAdd(regs[a], regs[b])
        case .mapAdd:
            guard regs[a].isExactly(types.dict) else { throw raiseBadOperand() }
            try PyDict(regs[a]).set(self, regs[b], regs[c])
        case .listExtend: try listExtend(regs[a], regs[b])
        case .setUpdate: try setUpdate(regs[a], regs[b])
        case .dictUpdate: try dictUpdate(regs[a], regs[b])
        case .dictMerge: try dictMerge(regs[a], regs[b], callable: regs[c])
        case .listToTuple:
            guard regs[b].isExactly(types.list) else { throw raiseBadOperand() }
            regs[a] = try tupleFrom(regs[b])
        case .unpackEx: try unpackEx(regs[b], Int(pc[-1]), regs + a)
        default: try executeColder(frame, word, pc)
        }
    }

    private func executeColder(
        _ frame: UnsafeMutablePointer<Frame>, _ word: UInt64, _ pc: UnsafeMutablePointer<UInt64>
    ) throws(Raised) {
        let regs = frame.pointee.base
        let a = ExecWord.a(word)
        let b = ExecWord.b(word)
        let c = ExecWord.c(word)
        switch ExecWord.op(word) {
        case .raise:
            let count = ExecWord.f(word)
            throw try raiseStatement(frame, count, count > 0 ? regs[a] : .null, count > 1 ? regs[b] : .null)
        case .reraise:
            guard regs[a].isObject, isException(regs[a]) else { throw raiseBadOperand() }
            eval.pointee.isReraise = true
            if ExecWord.f(word) != 0 { eval.pointee.reraiseOffset = offsetHandled(frame) }
            // The traceback goes on from where it was when the handler was entered, whatever was done to it since.
            setTraceback(regs[a], regs[a - 1])
            throw restoreRaised(regs[a])
        case .popExcept: try popHandled(frame, regs[a])
        case .withExceptStart:
            let arguments = try pushStack(3)
            defer { popStack(arguments) }
            arguments[0] = regs[c]
            arguments[1] = regs[c - 1]
            arguments[2] = regs[c - 2]
            regs[a] = try callObject(regs[b], arguments, 3, .null)
        case .setupWith: try enterWith(regs + a, names.__enter__, names.__exit__, call: true)
        case .beforeAsyncWith: try enterWith(regs + a, names.__aenter__, names.__aexit__, call: true)
        case .endAsyncFor:
            let exception = regs[a + 5]
            guard exception.isObject, exception.objectType.isSubtype(of: exceptionType(.stopAsyncIteration)) else {
                guard exception.isObject, isException(exception) else { throw raiseBadOperand() }
                eval.pointee.isReraise = true
                throw restoreRaised(exception)
            }
            try popHandled(frame, regs[a + 2])
        case .loadBuildClass: regs[a] = try loadBuildClass(frame)
        case .loadAssertionError: regs[a] = exceptionType(.assertionError).value
        case .setupAnnotations: try setUpAnnotations(frame)
        case .importName: regs[a] = try importName(frame, frame.pointee.code.pointee.names[Int(pc[-1])], level: regs[b], list: regs[c])
        case .importFrom: regs[a] = try importFrom(regs[b], frame.pointee.code.pointee.names[c])
        case .importStar: try importStar(frame, regs[a])
        case .printExpr: try printExpression(regs[a])
        case .getLen: regs[a] = int(try length(regs[b]))
        case .matchMapping: regs[a] = Value(type(of: regs[b]).flags.contains(.mapping))
        case .matchSequence: regs[a] = Value(type(of: regs[b]).flags.contains(.sequence))
        case .matchKeys: try matchKeys(regs[b], regs[c], regs + a)
        case .matchClass: try matchClass(regs + a, ExecWord.f(word))
        case .copyDictWithoutKeys: regs[a] = try copyWithoutKeys(regs[b], regs[c])
        case .getYieldFromIter: regs[a] = try yieldFromIterator(frame, regs[b])
        case .getAwaitable: regs[a] = try awaitable(regs[b], ExecWord.f(word))
        case .getAiter: regs[a] = try asyncIterator(regs[b])
        case .getAnext: regs[a] = try asyncNext(regs[b])
        case .count: try countInstructions(ExecWord.off(word))
        default: throw raise(.systemError, "unknown opcode")
        }
    }

    // MARK: Containers

    private func buildSet(_ items: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        let set = newSet().value
        for i in 0..<count { try setAdd(set, items[i]) }
        return set
    }

    private func buildMap(_ items: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        let dict = try newDict(capacity: count)
        for i in 0..<count { try dict.set(self, items[2 * i], items[2 * i + 1]) }
        return dict.value
    }

    private func buildConstKeyMap(_ items: UnsafeMutablePointer<Value>, _ count: Int) throws(Raised) -> Value {
        guard isTuple(items[count]), PyTuple(items[count]).count == count else {
            throw raise(.systemError, "bad BUILD_CONST_KEY_MAP keys argument")
        }
        let keys = PyTuple(items[count])
        let dict = try newDict(capacity: count)
        for i in 0..<count { try dict.set(self, keys[i], items[i]) }
        return dict.value
    }

    private func listExtend(_ list: Value, _ iterable: Value) throws(Raised) {
        guard list.isExactly(types.list) else { throw raiseBadOperand() }
        do { try extend(PyList(list), iterable) } catch {
            let type = self.type(of: iterable)
            if raisedMatches(.typeError) && type.slots.iter == nil && type.slots.item == nil && type.slots.getItem == nil {
                clearRaised()
                throw raise(.typeError, "Value after * must be an iterable, not \(typeName(iterable))")
            }
            throw error
        }
    }

    private func dictUpdate(_ dict: Value, _ mapping: Value) throws(Raised) {
        guard dict.isExactly(types.dict) else { throw raiseBadOperand() }
        do { try updateDict(PyDict(dict), from: mapping) } catch {
            if raisedMatches(.attributeError) {
                clearRaised()
                throw raise(.typeError, "'\(typeName(mapping))' object is not a mapping")
            }
            throw error
        }
    }

    /// `**mapping` in a call: duplicates are errors.
    private func dictMerge(_ dict: Value, _ mapping: Value, callable: Value) throws(Raised) {
        guard dict.isExactly(types.dict) else { throw raiseBadOperand() }
        let target = PyDict(dict)
        // That keys are strings is checked by the call.
        func add(_ key: Value, _ value: Value) throws(Raised) {
            if try !target.get(self, key).isNull {
                let shown = PyStr(try str(of: key)).string
                throw raise(.typeError, "\(functionText(callable)) got multiple values for keyword argument '\(shown)'")
            }
            try target.set(self, key, value)
        }
        if mapping.isExactly(types.dict) {
            var position = 0
            while let (key, value) = PyDict(mapping).next(&position) { try add(key, value) }
            return
        }
        // What `keys()` lists twice is given twice.
        let keys: Value
        do { keys = try callMethod(mapping, names.keys) } catch {
            if raisedMatches(.attributeError) {
                clearRaised()
                throw raise(.typeError, "\(functionText(callable)) argument after ** must be a mapping, not \(typeName(mapping))")
            }
            throw error
        }
        let iterator = try iter(keys)
        while let key = try next(iterator) { try add(key, try getItem(mapping, key)) }
    }

    /// UNPACK_SEQUENCE: items[count - 1] gets the first value (it is the top of the stack).
    @inline(never) func unpackSlow(_ source: Value, _ count: Int, _ slots: UnsafeMutablePointer<Value>) throws(Raised) {
        if source.isExactly(types.list) && PyList(source).count == count {
            for i in 0..<count { slots[count - 1 - i] = PyList(source)[i] }
            return
        }
        let iterator = try unpackIterator(source)
        for i in 0..<count {
            guard let item = try next(iterator) else {
                throw raise(.valueError, "not enough values to unpack (expected \(count), got \(i))")
            }
            slots[count - 1 - i] = item
        }
        if try next(iterator) != nil { throw raise(.valueError, "too many values to unpack (expected \(count))") }
    }

    private func unpackIterator(_ source: Value) throws(Raised) -> Value {
        do { return try iter(source) } catch {
            let type = self.type(of: source)
            if raisedMatches(.typeError) && type.slots.iter == nil && type.slots.item == nil && type.slots.getItem == nil {
                clearRaised()
                throw raise(.typeError, "cannot unpack non-iterable \(typeName(source)) object")
            }
            throw error
        }
    }

    /// `a, *b, c = source`: low byte of `argument` is the count before the star, the rest the count after.
    private func unpackEx(_ source: Value, _ argument: Int, _ slots: UnsafeMutablePointer<Value>) throws(Raised) {
        let before = argument & 0xFF
        let after = argument >> 8
        let iterator = try unpackIterator(source)
        let top = before + after
        for i in 0..<before {
            guard let item = try next(iterator) else {
                let atLeast = after > 0 ? "at least \(before + after)" : "at least \(before)"
                throw raise(.valueError, "not enough values to unpack (expected \(atLeast), got \(i))")
            }
            slots[top - i] = item
        }
        let rest = try listFrom(iterator)
        slots[after] = rest.value
        if rest.count < after {
            throw raise(
                .valueError, "not enough values to unpack (expected at least \(before + after), got \(before + rest.count))")
        }
        let kept = rest.count - after
        for i in 0..<after { slots[after - 1 - i] = rest[kept + i] }
        for i in kept..<rest.count { rest[i] = .null }
        rest.ref.pointee.count = kept
    }

    // MARK: Statements

    /// slot[0] manager: becomes the bound exit method; slot[1] the result of enter. Both are looked up on the type.
    private func enterWith(_ slot: UnsafeMutablePointer<Value>, _ enterName: Value, _ exitName: Value, call: Bool) throws(Raised) {
        let manager = slot[0]
        let enter = try specialMethod(manager, enterName)
        if enter.isNull { throw raise(.attributeError, value: enterName) }
        let exit = try specialMethod(manager, exitName)
        if exit.isNull { throw raise(.attributeError, value: exitName) }
        slot[0] = exit
        slot[1] = .none
        slot[1] = try self.call(enter)
    }

    private func loadBuildClass(_ frame: UnsafeMutablePointer<Frame>) throws(Raised) -> Value {
        let builtins = frame.pointee.builtins
        if isDict(builtins) {
            let found = try PyDict(builtins).get(self, names.__build_class__)
            if !found.isNull { return found }
        } else {
            do { return try getItem(builtins, names.__build_class__) } catch {
                if !raisedMatches(.keyError) { throw error }
                clearRaised()
            }
        }
        throw raise(.nameError, "__build_class__ not found")
    }

    private func setUpAnnotations(_ frame: UnsafeMutablePointer<Frame>) throws(Raised) {
        let locals = frame.pointee.locals
        if locals.isNull { throw raise(.systemError, "no locals found when setting up annotations") }
        if locals.isExactly(types.dict) {
            if try PyDict(locals).get(self, names.__annotations__).isNull {
                try PyDict(locals).set(self, names.__annotations__, newDict().value)
            }
            return
        }
        do { _ = try getItem(locals, names.__annotations__) } catch {
            if !raisedMatches(.keyError) { throw error }
            clearRaised()
            try setItem(locals, names.__annotations__, newDict().value)
        }
    }

    private func printExpression(_ value: Value) throws(Raised) {
        let hook = PyDict(state.pointee.sysDict).getStr(self, names.displayhook)
        if hook.isNull { throw raise(.runtimeError, "lost sys.displayhook") }
        _ = try call(hook, value)
    }

    private func formatValue(_ value: Value, _ argument: Int, _ specification: Value) throws(Raised) -> Value {
        var value = value
        switch argument & 3 {
        case 1: value = try str(of: value)
        case 2: value = try repr(value)
        case 3: value = try ascii(value)
        default: break
        }
        if specification.isNull && isExactStr(value) { return value }
        return try format(value, specification.isNull ? emptyStr : specification)
    }

    // MARK: Imports

    private func importName(
        _ frame: UnsafeMutablePointer<Frame>, _ name: Value, level: Value, list: Value
    ) throws(Raised) -> Value {
        let builtins = frame.pointee.builtins
        let function = try isDict(builtins) ? PyDict(builtins).get(self, names.__import__) : Value.null
        if function.isNull { throw raise(.importError, "__import__ not found") }
        let arguments = try pushStack(5)
        defer { popStack(arguments) }
        arguments[0] = name
        arguments[1] = frame.pointee.globals
        arguments[2] = frame.pointee.locals.isNull ? .none : frame.pointee.locals
        arguments[3] = list
        arguments[4] = level
        return try callObject(function, arguments, 5, .null)
    }

    private func importFrom(_ module: Value, _ name: Value) throws(Raised) -> Value {
        let found = try lookupAttr(module, name)
        if !found.isNull { return found }
        // A submodule that a circular import has not bound yet is in sys.modules under its full name.
        let packageName = try lookupAttr(module, names.__name__)
        if isStr(packageName) {
            let full = str(text(packageName) + "." + text(name))
            let modules = PyDict(state.pointee.sysDict).getStr(self, intern("modules"))
            if isDict(modules) {
                let found = try PyDict(modules).get(self, full)
                if !found.isNull { return found }
            }
        }
        throw try importFromError(module, name, packageName)
    }

    private func importFromError(_ module: Value, _ name: Value, _ packageName: Value) throws(Raised) -> Raised {
        let known = isStr(packageName) ? text(packageName) : "<unknown module name>"
        let file = try lookupAttr(module, names.__file__)
        var message = "cannot import name '\(text(name))' from '\(known)' "
        if isStr(file) {
            let spec = try lookupAttr(module, names.__spec__)
            var initializing = false
            if !spec.isNull && !spec.isNone {
                let flag = try lookupAttr(spec, intern("_initializing"))
                if !flag.isNull { initializing = try isTrue(flag) }
            }
            if initializing {
                message = "cannot import name '\(text(name))' from partially initialized module '\(known)' "
                    + "(most likely due to a circular import) (\(text(file)))"
            } else {
                message += "(\(text(file)))"
            }
        } else {
            message += "(unknown location)"
        }
        let raised = raise(.importError, message)
        let exception = thread.pointee.raised
        if exception.isObject {
            do {
                try setAttr(exception, names.name, isStr(packageName) ? packageName : .none)
                try setAttr(exception, names.path, isStr(file) ? file : .none)
            } catch { return raised }
        }
        return raised
    }

    private func importStar(_ frame: UnsafeMutablePointer<Frame>, _ module: Value) throws(Raised) {
        let locals = frame.pointee.locals
        if locals.isNull { throw raise(.systemError, "no locals found during 'import *'") }
        var all = try lookupAttr(module, names.__all__)
        var skipsPrivate = false
        if all.isNull {
            let dict = try lookupAttr(module, names.__dict__)
            if dict.isNull { throw raise(.importError, "from-import-* object has no __dict__ and no __all__") }
            all = try callMethod(dict, names.keys)
            skipsPrivate = true
        }
        let list = try listFrom(all)
        for i in 0..<list.count {
            let name = list[i]
            guard isStr(name) else {
                let module = try lookupAttr(module, names.__name__)
                throw raise(
                    .typeError,
                    "\(skipsPrivate ? "Key" : "Item") in \(isStr(module) ? text(module) : "?").\(skipsPrivate ? "__dict__" : "__all__") must be str, not \(typeName(name))")
            }
            if skipsPrivate && PyStr(name).count > 0 && PyStr(name)[0] == UInt32(UInt8(ascii: "_")) { continue }
            let value = try getAttr(module, name)
            if locals.isExactly(types.dict) {
                try PyDict(locals).set(self, name, value)
            } else {
                try setItem(locals, name, value)
            }
        }
    }

    // MARK: Patterns

    private func matchKeys(_ subject: Value, _ keys: Value, _ slot: UnsafeMutablePointer<Value>) throws(Raised) {
        guard keys.isExactly(types.tuple) else { throw raiseBadOperand() }
        let wanted = PyTuple(keys)
        let values = try newTuple(wanted.count)
        let seen = newSet().value
        let missing = newInstance(types.object)
        let getter = try getAttr(subject, intern("get"))
        for i in 0..<wanted.count {
            if try contains(seen, wanted[i]) {
                throw raise(.valueError, "mapping pattern checks duplicate key (\(try reprText(wanted[i])))")
            }
            try setAdd(seen, wanted[i])
            let value = try call(getter, wanted[i], missing)
            if value == missing {
                slot[0] = .none
                slot[1] = .false
                return
            }
            values[i] = value
        }
        slot[0] = values.value
        slot[1] = .true
    }

    private func copyWithoutKeys(_ subject: Value, _ keys: Value) throws(Raised) -> Value {
        guard keys.isExactly(types.tuple) else { throw raiseBadOperand() }
        let rest = newDict()
        try updateDict(rest, from: subject)
        let tuple = PyTuple(keys)
        for i in 0..<tuple.count { _ = try rest.remove(self, tuple[i]) }
        return rest.value
    }

    /// slot[0] subject, slot[1] class, slot[2] keyword names: slot[0] becomes the tuple of attributes or stays, slot[1] a bool.
    private func matchClass(_ slot: UnsafeMutablePointer<Value>, _ positional: Int) throws(Raised) {
        guard slot[2].isExactly(types.tuple) else { throw raiseBadOperand() }
        let attributes = try matchClassAttributes(slot[0], slot[1], PyTuple(slot[2]), positional)
        if attributes.isNull {
            slot[1] = .false
        } else {
            slot[0] = attributes
            slot[1] = .true
        }
    }

    private func matchClassAttributes(
        _ subject: Value, _ pattern: Value, _ keywords: PyTuple, _ positional: Int
    ) throws(Raised) -> Value {
        guard pattern.isObject, pattern.objectType.flags.contains(.typeSubclass) else {
            throw raise(.typeError, "called match pattern must be a type")
        }
        if try !isInstance(subject, pattern) { return .null }
        let list = try newList()
        let seen = newSet().value
        let className = text(PyType(pattern).name)
        if positional > 0 {
            var matchArgs = try lookupAttr(pattern, names.__match_args__)
            var matchSelf = false
            if matchArgs.isNull {
                matchArgs = emptyTuple
                matchSelf = PyType(pattern).flags.contains(.matchSelf)
            } else if !matchArgs.isExactly(types.tuple) {
                throw raise(.typeError, "\(className).__match_args__ must be a tuple (got \(typeName(matchArgs)))")
            }
            let allowed = matchSelf ? 1 : PyTuple(matchArgs).count
            if allowed < positional {
                throw raise(
                    .typeError,
                    "\(className)() accepts \(allowed) positional sub-pattern\(allowed == 1 ? "" : "s") (\(positional) given)")
            }
            if matchSelf {
                try list.append(self, subject)
            } else {
                for i in 0..<positional {
                    let name = PyTuple(matchArgs)[i]
                    guard isExactStr(name) else {
                        throw raise(.typeError, "__match_args__ elements must be strings (got \(typeName(name)))")
                    }
                    let value = try matchAttribute(subject, className, name, seen)
                    if value.isNull { return .null }
                    try list.append(self, value)
                }
            }
        }
        for i in 0..<keywords.count {
            let value = try matchAttribute(subject, className, keywords[i], seen)
            if value.isNull { return .null }
            try list.append(self, value)
        }
        return try tupleFrom(list.value)
    }

    private func matchAttribute(_ subject: Value, _ className: String, _ name: Value, _ seen: Value) throws(Raised) -> Value {
        if try contains(seen, name) {
            throw raise(.typeError, "\(className)() got multiple sub-patterns for attribute \(try reprText(name))")
        }
        try setAdd(seen, name)
        return try lookupAttr(subject, name)
    }
}
