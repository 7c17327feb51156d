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
        let connections = threads > 1 && database.totalChangesCount == changesBefore ? try (0..<min(threads, count)).compactMap { _ in try readers.open() } : []
        guard !connections.isEmpty else {
            let made = try readSideBySide(count, threads: threads, body)
            try begin()
            return try made.forEach(store)
        }
        try database.execute(sql: "PRAGMA cache_spill = OFF")
        let reading = StoredWhileRead(count, body)
        let group = DispatchGroup()
        defer {
            reading.stop()
            group.wait()
            // Only then may pages go to the disk again; should that not be told, they stay in memory until the commit.
            try? database.execute(sql: "PRAGMA cache_spill = ON")
        }
        // All have their view of the warehouse before anything in it changes.
        let haveBegun = DispatchGroup()
        for connection in connections {
            haveBegun.enter()
            DispatchQueue(label: "reads while others store").async(group: group) { [readers, histories] in
                var hasBegun = false
                do {
                    try connection.read { database in
                        _ = try Row.fetchOne(database, sql: "SELECT 1 FROM sqlite_master")
                        hasBegun = true
                        haveBegun.leave()
                        reading.work(Transaction(database: database, histories: histories, readers: readers))
                    }
                } catch {
                    reading.fail(error)
                    if !hasBegun { haveBegun.leave() }
                }
            }
        }
        haveBegun.wait()
        try begin()
        for piece in 0..<count { try store(try reading.result(of: piece)) }
    }
}

/// Pieces that threads claim one by one, and whose results one thread waits for in their order.
private final class StoredWhileRead<Result: Sendable>: Sendable {
    private struct State {
        var made: [Swift.Result<Result, any Error>?]
        var next = 0
        /// Why a connection could not read.
        var failure: (any Error)?
    }

    private let body: @Sendable (Int, Transaction) throws -> Result
    private let state: Mutex<State>
    private let somethingHappened = DispatchSemaphore(value: 0)

    init(_ count: Int, _ body: @escaping @Sendable (Int, Transaction) throws -> Result) {
        self.body = body
        state = Mutex(State(made: [Swift.Result<Result, any Error>?](repeating: nil, count: count)))
    }

    /// Makes pieces until there is none left to begin.
    func work(_ transaction: Transaction) {
        while let piece = claimed() {
            let result = Swift.Result { try body(piece, transaction) }
            state.withLock { state in
                state.made[piece] = result
                if case .failure = result { state.next = state.made.count }
            }
            somethingHappened.signal()
        }
    }

    private func claimed() -> Int? {
        state.withLock { state in
            guard state.next < state.made.count else { return nil }
            state.next += 1
            return state.next - 1
        }
    }

    /// Begins no further piece.
    func stop() { state.withLock { $0.next = $0.made.count } }

    /// Notes that a connection cannot read.
    func fail(_ error: any Error) {
        state.withLock { $0.failure = $0.failure ?? error }
        somethingHappened.signal()
    }

    /// The result of a piece, once it is there.
    ///
    /// - Throws: What the piece has thrown, or why a connection could not read.
    func result(of piece: Int) throws -> Result {
        while true {
            let result = try state.withLock { state -> Swift.Result<Result, any Error>? in
                if let failure = state.failure { throw failure }
                // It is needed once.
                defer { if state.made[piece] != nil { state.made[piece] = nil } }
                return state.made[piece]
            }
            if let result { return try result.get() }
            somethingHappened.wait()
        }
    }
}
