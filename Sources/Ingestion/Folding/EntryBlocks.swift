/// Entries as they came, in blocks: one array of all would be copied whole each time it grows, and whenever another is added to it.
struct EntryBlocks<Entry: Sendable>: Sendable {
    /// Entries of one origin.
    private struct Block: Sendable {
        let origin: Int
        var entries: [Entry]
    }

    private var closed: [Block] = []
    private var open: [Entry] = []
    private var openOrigin = 0

    var isEmpty: Bool { open.isEmpty && closed.isEmpty }

    /// Makes room for as many entries as will come and no more: growing leaves as much room unused as half of them take, for as long as they are kept.
    mutating func reserve(_ count: Int) { open.reserveCapacity(count) }

    /// - Parameter origin: What the entry's numbers are to be looked up in.
    @inline(__always)
    mutating func append(_ entry: Entry, origin: Int = 0) {
        if origin != openOrigin { close(origin) }
        open.append(entry)
    }

    private mutating func close(_ origin: Int) {
        if !open.isEmpty {
            closed.append(Block(origin: openOrigin, entries: open))
            open = []
        }
        openOrigin = origin
    }

    /// Adds the entries of another list; its blocks are shared and not copied.
    mutating func append(_ other: EntryBlocks) {
        if other.isEmpty { return }
        close(openOrigin)
        closed += other.closed
        if !other.open.isEmpty { closed.append(Block(origin: other.openOrigin, entries: other.open)) }
    }

    /// Changes every entry.
    mutating func change(_ body: (inout Entry) -> Void) {
        for block in closed.indices {
            for index in closed[block].entries.indices { body(&closed[block].entries[index]) }
        }
        for index in open.indices { body(&open[index]) }
    }

    /// The entries that are wanted, in blocks of their own.
    func filtered(_ isWanted: (Entry) -> Bool) -> EntryBlocks {
        var wanted = EntryBlocks()
        forEach { entry, origin in if isWanted(entry) { wanted.append(entry, origin: origin) } }
        return wanted
    }

    /// Passes every entry with its origin.
    @inline(__always)
    func forEach(_ body: (Entry, _ origin: Int) -> Void) {
        forEachBlock { entries, origin in for entry in entries { body(entry, origin) } }
    }

    /// Passes every entry, many of one origin at a time.
    @inline(__always)
    func forEachBlock(_ body: (UnsafeBufferPointer<Entry>, _ origin: Int) -> Void) {
        for block in closed { block.entries.withUnsafeBufferPointer { body($0, block.origin) } }
        if !open.isEmpty { open.withUnsafeBufferPointer { body($0, openOrigin) } }
    }
}
