// `functools._lru_cache_wrapper`: a dict from call keys to results, and, when bounded, a ring of links in order of use.
// CPython: Modules/_functoolsmodule.c. Rules: Library Reference, functools.lru_cache.
//
//   root ─next─▶ oldest ─next─▶ ... ─next─▶ newest ─next─▶ root

private struct LRUCacheLayout {
    var type: PyType
    var function: Value
    var cache: Value
    var infoType: Value
    /// The ring's anchor; NULL without a bound.
    var root: Value
    // Not values:
    /// -1 = unbounded.
    var limit: Int
    var hits: Int
    var misses: Int
    var isTyped: Bool
}

private struct LRULinkLayout {
    var type: PyType
    var previous: Value
    var next: Value
    var key: Value
    var result: Value
    // Not a value:
    var hash: Int
}

private typealias Cache = UnsafeMutablePointer<LRUCacheLayout>

extension VM {
    private func link(_ v: Value) -> UnsafeMutablePointer<LRULinkLayout> { v.cast(LRULinkLayout.self) }

    func makeLRUCache() {
        let element = makeType("_lru_list_elem", module: "functools", size: MemoryLayout<LRULinkLayout>.size, trace: .words, fieldsEnd: 40, flags: .disallowInstantiation)
        readyType(element.type)
        library.pointee.lruLink = element.type
        let t = makeType("_lru_cache_wrapper", module: "functools", size: (MemoryLayout<LRUCacheLayout>.size + 7) & ~7, trace: .words, fieldsEnd: 40, flags: [.methodDescriptor, .weakrefable])
        library.pointee.lruCache = t.type
        giveDict(t.type)
        t.doc("Create a cached callable that wraps another function.\n\nuser_function:      the function being cached\n\nmaxsize:  0         for no caching\n          None      for unlimited cache size\n          n         for a bounded cache\n\ntyped:    False     cache f(3) and f(3.0) as identical calls\n          True      cache f(3) and f(3.0) as distinct calls\n\ncache_info_type:    namedtuple class with the fields:\n                        hits misses currsize maxsize\n")
        t.new("(user_function, maxsize, typed, cache_info_type)", called: "lru_cache") { vm, cls, a in
            vm.guarded { () throws(Raised) in
                if !vm.isCallable(a[0]) { throw vm.raise(.typeError, "the first argument must be callable") }
                var limit = -1
                if !a[1].isNone {
                    if !vm.hasIndex(a[1]) { throw vm.raise(.typeError, "maxsize should be integer or None") }
                    limit = max(0, try vm.indexInt(a[1]))
                }
                let isTyped = try vm.isTrue(a[2])
                let dict = vm.newDict()
                let v = vm.newInstance(PyType(cls))
                let cache = v.cast(LRUCacheLayout.self)
                cache.pointee.function = a[0]
                cache.pointee.cache = dict.value
                cache.pointee.infoType = a[3]
                cache.pointee.limit = limit
                cache.pointee.isTyped = isTyped
                if limit > 0 {
                    let root = vm.newFields(vm.library.pointee.lruLink, .null)
                    vm.link(root).pointee.previous = root
                    vm.link(root).pointee.next = root
                    cache.pointee.root = root
                }
                return v
            }
        }
        t.type.slots.call = { vm, v, arguments, count, keywords in
            vm.guarded { () throws(Raised) in
                let cache = v.cast(LRUCacheLayout.self)
                switch cache.pointee.limit {
                case 0:
                    cache.pointee.misses += 1
                    return try vm.call(cache.pointee.function, arguments, count, keywords: keywords)
                case -1: return try vm.callUnbounded(cache, arguments, count, keywords)
                default: return try vm.callBounded(cache, arguments, count, keywords)
                }
            }
        }
        t.type.slots.descrGet = { vm, v, instance, _ in
            instance.isNull || instance.isNone ? v : vm.newBoundMethod(v, instance)
        }
        t.def0("-cache_info($self, /)", "Report cache statistics") { vm, v in
            vm.guarded { () throws(Raised) in
                let cache = v.cast(LRUCacheLayout.self)
                let limit = cache.pointee.limit < 0 ? Value.none : vm.int(cache.pointee.limit)
                return try vm.call(
                    cache.pointee.infoType, vm.int(cache.pointee.hits), vm.int(cache.pointee.misses), limit,
                    vm.int(PyDict(cache.pointee.cache).count))
            }
        }
        t.def0("-cache_clear($self, /)", "Clear the cache and cache statistics") { vm, v in
            let cache = v.cast(LRUCacheLayout.self)
            cache.pointee.hits = 0
            cache.pointee.misses = 0
            cache.pointee.cache = vm.newDict().value
            let root = cache.pointee.root
            if root.isObject {
                vm.link(root).pointee.previous = root
                vm.link(root).pointee.next = root
            }
            return .none
        }
        t.def0("-__reduce__($self, /)", "") { vm, v in vm.guarded { () throws(Raised) in try vm.getAttr(v, vm.names.__qualname__) } }
        t.def0("-__copy__($self, /)", "") { _, v in v }
        t.def1("-__deepcopy__($self, memo, /)", "") { _, v, _ in v }
        readyType(t.type)
    }

    // MARK: Calls

    /// The only argument itself if it is an exact int or str, else a tuple of all arguments (and their types).
    private func callKey(_ cache: Cache, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value) throws(Raised) -> Value {
        let named = keywordCount(keywords)
        let isTyped = cache.pointee.isTyped
        if !isTyped && named == 0 {
            if count == 1 {
                let only = arguments[0]
                if only.isSmallInt || isExactStr(only) || only.isExactly(types.int) { return only }
            }
            return try tuple(arguments, count: count)
        }
        let total = count + (named > 0 ? 1 + named * 2 : 0) + (isTyped ? count + named : 0)
        let key = try newTuple(total)
        for i in 0..<count { key[i] = arguments[i] }
        var k = count
        if named > 0 {
            // Parts the positional arguments from the rest: no caller can pass it.
            key[k] = library.pointee.lruLink.value
            k += 1
            for i in 0..<named {
                key[k] = PyTuple(keywords)[i]
                key[k + 1] = arguments[count + i]
                k += 2
            }
        }
        if isTyped {
            for i in 0..<(count + named) {
                key[k] = type(of: arguments[i]).value
                k += 1
            }
        }
        return key.value
    }

    private func callUnbounded(
        _ cache: Cache, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value
    ) throws(Raised) -> Value {
        let key = try callKey(cache, arguments, count, keywords)
        let hash = try self.hash(key)
        let found = try PyDict(cache.pointee.cache).get(self, key, hash: hash)
        if !found.isNull {
            cache.pointee.hits += 1
            return found
        }
        cache.pointee.misses += 1
        let result = try call(cache.pointee.function, arguments, count, keywords: keywords)
        try PyDict(cache.pointee.cache).set(self, key, hash: hash, result)
        return result
    }

    private func unlink(_ element: Value) {
        let previous = link(element).pointee.previous, next = link(element).pointee.next
        link(previous).pointee.next = next
        link(next).pointee.previous = previous
    }

    private func append(_ element: Value, to root: Value) {
        let last = link(root).pointee.previous
        link(last).pointee.next = element
        link(element).pointee.previous = last
        link(element).pointee.next = root
        link(root).pointee.previous = element
    }

    private func callBounded(
        _ cache: Cache, _ arguments: UnsafeMutablePointer<Value>, _ count: Int, _ keywords: Value
    ) throws(Raised) -> Value {
        let key = try callKey(cache, arguments, count, keywords)
        let hash = try self.hash(key)
        let root = cache.pointee.root
        let found = try PyDict(cache.pointee.cache).get(self, key, hash: hash)
        if !found.isNull {
            unlink(found)
            append(found, to: root)
            cache.pointee.hits += 1
            return link(found).pointee.result
        }
        cache.pointee.misses += 1
        let result = try call(cache.pointee.function, arguments, count, keywords: keywords)
        // The call may have cached the same key, or filled or cleared the cache.
        if try !PyDict(cache.pointee.cache).get(self, key, hash: hash).isNull { return result }
        let dict = PyDict(cache.pointee.cache)
        let oldest = link(root).pointee.next
        if dict.count < cache.pointee.limit || oldest == root {
            let element = newFields(library.pointee.lruLink, .null)
            link(element).pointee.key = key
            link(element).pointee.result = result
            link(element).pointee.hash = hash
            // Comparing keys may raise: nothing is changed then.
            try dict.set(self, key, hash: hash, element)
            append(element, to: root)
            return result
        }
        // Full: the oldest link takes the new result.
        unlink(oldest)
        let index = try dict.find(self, link(oldest).pointee.key, link(oldest).pointee.hash)
        if index >= 0 { dict.removeEntry(index) }
        link(oldest).pointee.key = key
        link(oldest).pointee.result = result
        link(oldest).pointee.hash = hash
        try dict.set(self, key, hash: hash, oldest)
        append(oldest, to: root)
        return result
    }
}
