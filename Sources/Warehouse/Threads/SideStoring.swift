import Dispatch
import GRDB
import Synchronization

extension Transaction {
    /// Makes pieces of work that read the warehouse, as `readSideBySide` does, and stores what they give, in their order, while others still read.
    ///
    /// All pieces see what stood before this transaction, whatever is stored meanwhile. Until the last of them has read, nothing that is stored leaves the memory: a page that goes
    /// to the disk would have to wait until nobody reads. Where no other connection can read, all pieces are made before anything is stored.
    ///
    /// - Parameters:
    ///   - count: Pieces; they are begun in their order.
    ///   - threads: How many read; with one, nobody reads while this thread stores.
    ///   - body: Called from several threads. May read with the transaction that it is given, and write nothing.
    ///   - begin: Called before the first piece is stored, on this thread.
    ///   - store: Called with what each piece gave, on this thread.
    /// - Throws: What `begin` and `store` throw, or the first piece that failed; what was stored before is this transaction's to take back.
    public func storeSideBySide<Result: Sendable>(
        _ count: Int, threads: Int, _ body: @escaping @Sendable (Int, Transaction) throws -> Result, begin: () throws -> Void,
        store: (Result) throws -> Void
    ) throws {
        let isAlone = threads < 2 || database.totalChangesCount != changesBefore
        let connections = isAlone ? [] : (0..<min(threads, count)).compactMap { _ in try? readers.open() }
        let pieces = SidePieces(count, body)
        let group = DispatchGroup()
        var keepsPages = false
        defer {
            pieces.stop()
            group.wait()
            // Only then may pages go to the disk again; should that not be told, they stay in memory until the commit.
            if keepsPages { try? database.execute(sql: "PRAGMA cache_spill = ON") }
        }
        // All have their view of the warehouse before anything in it changes.
        let haveTried = DispatchGroup()
        let begun = Atomic(0)
        for connection in connections {
            haveTried.enter()
            DispatchQueue(label: "reads while others store").async(group: group) { [readers, histories] in
                var hasTried = false
                // As for `readSideBySide`: where no other connection can read, it is this thread that says what is wrong.
                try? connection.read { database in
                    _ = try Row.fetchOne(database, sql: "SELECT 1 FROM sqlite_master")
                    begun.wrappingAdd(1, ordering: .relaxed)
                    hasTried = true
                    haveTried.leave()
                    pieces.work(Transaction(database: database, histories: histories, readers: readers))
                }
                if !hasTried { haveTried.leave() }
            }
        }
        haveTried.wait()
        guard begun.load(ordering: .relaxed) > 0 else {
            pieces.work(self)
            let made = try pieces.results()
            try begin()
            return try made.forEach(store)
        }
        try database.execute(sql: "PRAGMA cache_spill = OFF")
        keepsPages = true
        try begin()
        for piece in 0..<count { try store(try pieces.result(of: piece)) }
    }
}
