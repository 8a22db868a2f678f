// `os.listdir`, `os.scandir` and `os.DirEntry`. CPython: Modules/posixmodule.c; PEP 471.
import CShims
import PyPlatform
import PyRuntime

private struct EntryLayout {
    var type: PyType
    var name: Value
    var path: Value
    /// The results of `stat` and `lstat` once asked for, or NULL.
    var stat: Value
    var lstat: Value
    // Not values:
    var inode: UInt64
    var directory: Int32
    var kind: UInt8
    var isBytes: Bool
}

private struct ScandirLayout {
    var type: PyType
    /// What `scandir` was given: str or bytes decide what the entries are; NULL for a descriptor or nothing.
    var path: Value
    /// malloc'd: names and types, read at once; nil when exhausted or closed.
    var entries: UnsafeMutablePointer<DirectoryEntry>?
    var count: Int
    var at: Int
    var directory: Int32
    var isBytes: Bool
}

extension VM {
    private func readEntries(_ path: OSPath) throws(Raised) -> [DirectoryEntry] {
        var entries: [DirectoryEntry] = []
        var code: Int32 = 0
        let descriptor = path.descriptor, bytes = path.bytes, byDescriptor = path.isDescriptor && descriptor != -1
        let result = unlocked {
            do {
                entries = byDescriptor ? try readDirectory(descriptor: descriptor) : try readDirectory(path.isDescriptor ? [0x2E] : bytes)
                return 0
            } catch {
                code = (error as? Errno)?.code ?? EIO
                return -1
            }
        }
        if result.failed { throw byDescriptor ? osError(code) : osError(code, path) }
        return entries
    }

    func listDirectory(_ given: Value) throws(Raised) -> Value {
        let path = try osPath(given, "listdir", descriptor: true, none: true)
        let entries = try readEntries(path)
        let list = try newList(capacity: entries.count)
        for entry in entries { try list.append(self, fileSystemResult(entry.name, asBytes: path.isBytes)) }
        return list.value
    }

    func scanDirectory(_ given: Value) throws(Raised) -> Value {
        let path = try osPath(given, "scandir", descriptor: true, none: true)
        let entries = try readEntries(path)
        let iterator = newInstance(try posixState().scandirIterator)
        let layout = iterator.cast(ScandirLayout.self)
        layout.pointee.path = path.isDescriptor || path.object.isNull ? .null : path.object
        layout.pointee.directory = path.isDescriptor ? path.descriptor : -1
        layout.pointee.isBytes = path.isBytes
        layout.pointee.count = entries.count
        layout.pointee.at = 0
        let copy = UnsafeMutablePointer<DirectoryEntry>.allocate(capacity: entries.count + 1)
        for (i, entry) in entries.enumerated() { copy.advanced(by: i).initialize(to: entry) }
        layout.pointee.entries = copy
        return iterator
    }

    private func closeScan(_ layout: UnsafeMutablePointer<ScandirLayout>) {
        guard let entries = layout.pointee.entries else { return }
        layout.pointee.entries = nil
        entries.deinitialize(count: layout.pointee.count)
        entries.deallocate()
    }

    private func nextEntry(_ iterator: Value) throws(Raised) -> Value? {
        let layout = iterator.cast(ScandirLayout.self)
        guard let entries = layout.pointee.entries else { return nil }
        if layout.pointee.at >= layout.pointee.count {
            closeScan(layout)
            return nil
        }
        let row = entries[layout.pointee.at]
        layout.pointee.at += 1
        let isBytes = layout.pointee.isBytes
        let name = try fileSystemResult(row.name, asBytes: isBytes)
        var path = name
        let parent = layout.pointee.path
        if !parent.isNull {
            var whole: [UInt8]
            if isBytes { whole = try bufferBytes(parent) ?? [] } else { whole = Array(PyBytes(try fileSystemBytes(parent)).view) }
            if let last = whole.last, last != 0x2F { whole.append(0x2F) }
            path = try fileSystemResult(whole + row.name, asBytes: isBytes)
        }
        let entry = newInstance(try posixState().directoryEntry)
        let made = entry.cast(EntryLayout.self)
        made.pointee.name = name
        made.pointee.path = path
        made.pointee.inode = row.inode
        made.pointee.directory = layout.pointee.directory
        made.pointee.kind = row.type
        made.pointee.isBytes = isBytes
        return entry
    }

    func makeScandirIterator() -> PyType {
        let t = makeType("ScandirIterator", module: "posix", size: MemoryLayout<ScandirLayout>.size, trace: .words, fieldsEnd: 16, flags: .disallowInstantiation)
        t.type.slots.iter = { _, v in v }
        t.type.slots.iternext = { vm, v in
            vm.guarded { () throws(Raised) in try vm.nextEntry(v) ?? .null }
        }
        t.type.ref.pointee.flags.insert([.hasDel, .hasFinalize])
        t.type.slots.del = { vm, v in
            if v.cast(ScandirLayout.self).pointee.entries == nil { return .none }
            do throws(Raised) { try vm.warn(.resourceWarning, "unclosed scandir iterator \(vm.reprText(v))", source: v) } catch { vm.writeUnraisable(v) }
            vm.closeScan(v.cast(ScandirLayout.self))
            return .none
        }
        t.type.slots.finalize = { vm, v in vm.closeScan(v.cast(ScandirLayout.self)) }
        t.def0("__enter__(self, /)", "") { _, v in v }
        t.defV("-__exit__(*args)", "") { vm, v, _, _, _ in
            vm.closeScan(v.cast(ScandirLayout.self))
            return .none
        }
        t.def0("-close()", "") { vm, v in
            vm.closeScan(v.cast(ScandirLayout.self))
            return .none
        }
        readyType(t.type)
        return t.type
    }

    // MARK: DirEntry

    /// `stat(follow_symlinks=...)`, remembered.
    private func entryStatus(_ v: Value, follow: Bool) throws(Raised) -> Value {
        let entry = v.cast(EntryLayout.self)
        let kind = Int32(entry.pointee.kind)
        if follow && kind != Int32(DT_LNK) && kind != Int32(DT_UNKNOWN) { return try entryStatus(v, follow: false) }
        let known = follow ? entry.pointee.stat : entry.pointee.lstat
        if !known.isNull { return known }
        let byDirectory = entry.pointee.directory != -1
        let given = byDirectory ? entry.pointee.name : entry.pointee.path
        var path = try osPath(given, "DirEntry")
        path.object = entry.pointee.path
        let made = try statResult(path, directory: byDirectory ? entry.pointee.directory : Int32(TAIPAN_AT_FDCWD), follow: follow)
        if follow { v.cast(EntryLayout.self).pointee.stat = made } else { v.cast(EntryLayout.self).pointee.lstat = made }
        return made
    }

    /// Whether the entry's S_IFMT bits are `mode`. A file that is gone is nothing.
    private func entryIs(_ v: Value, mode: Int, type: Int32, follow: Bool) throws(Raised) -> Bool {
        let kind = Int32(v.cast(EntryLayout.self).pointee.kind)
        let isLink = kind == Int32(DT_LNK)
        if kind != Int32(DT_UNKNOWN) && !(follow && isLink) { return kind == type }
        let status: Value
        do { status = try entryStatus(v, follow: follow) } catch {
            if raisedMatches(.fileNotFoundError) {
                clearRaised()
                return false
            }
            throw error
        }
        let bits = PyTuple(status)[0]
        return bits.isSmallInt && bits.smallInt & 0o170000 == mode
    }

    func makeDirectoryEntry() -> PyType {
        let t = makeType("DirEntry", module: "posix", size: MemoryLayout<EntryLayout>.size, trace: .words, fieldsEnd: 40, flags: .disallowInstantiation)
        t.type.slots.repr = { vm, v in
            vm.guarded { () throws(Raised) in
                let text = try vm.repr(v.cast(EntryLayout.self).pointee.name)
                return try vm.strConcat(PyStr(try vm.strConcat(PyStr(vm.str("<DirEntry ")), PyStr(text))), PyStr(vm.str(">")))
            }
        }
        t.defN("is_dir($self, /, *, follow_symlinks=True)", "Return True if the entry is a directory; cached per entry.") { vm, r, a in
            vm.guarded { () throws(Raised) in Value(try vm.entryIs(r, mode: 0o040000, type: Int32(DT_DIR), follow: vm.cBool(a[0], default: true))) }
        }
        t.defN("is_file($self, /, *, follow_symlinks=True)", "Return True if the entry is a file; cached per entry.") { vm, r, a in
            vm.guarded { () throws(Raised) in Value(try vm.entryIs(r, mode: 0o100000, type: Int32(DT_REG), follow: vm.cBool(a[0], default: true))) }
        }
        t.def0("is_symlink($self, /)", "Return True if the entry is a symbolic link; cached per entry.") { vm, r in
            vm.guarded { () throws(Raised) in Value(try vm.entryIs(r, mode: 0o120000, type: Int32(DT_LNK), follow: false)) }
        }
        t.defN("stat($self, /, *, follow_symlinks=True)", "Return stat_result object for the entry; cached per entry.") { vm, r, a in
            vm.guarded { () throws(Raised) in try vm.entryStatus(r, follow: vm.cBool(a[0], default: true)) }
        }
        t.def0("inode($self, /)", "Return inode of the entry; cached per entry.") { vm, r in
            vm.guarded { () throws(Raised) in vm.int(unsigned: r.cast(EntryLayout.self).pointee.inode) }
        }
        t.def0("__fspath__($self, /)", "Returns the path for the entry.") { vm, r in
            vm.guarded { () throws(Raised) in r.cast(EntryLayout.self).pointee.path }
        }
        t.def1("-__class_getitem__($type, item, /)", "See PEP 585", .classMethod) { vm, r, item in vm.newGenericAlias(r, item) }
        t.member("name", offset: 8, doc: "the entry's base filename, relative to scandir() \"path\" argument")
        t.member("path", offset: 16, doc: "the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)")
        readyType(t.type)
        return t.type
    }
}
