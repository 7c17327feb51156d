import Dispatch
import GRDB

/// How a process opens further connections to its warehouse, to read it on several threads at a time.
struct SideReaders: Sendable {
    /// `nil` for a warehouse in memory, which no other connection sees.
    let path: String?

    /// A connection that cannot write.
    ///
    /// A reader goes through blocks from the first to the last, each once: it needs no room for pages to come back to.
    func open() throws -> DatabaseQueue? {
        guard let path else { return nil }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.publicStatementArguments = false
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -4096") }
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}

extension Transaction {
    /// Makes pieces of work that read the warehouse, several at a time: each thread but this one on a connection of its own.
    ///
    /// All see what stood before this transaction. One that has changed something already, or is of a warehouse in memory, makes all pieces on this thread: no other
    /// connection sees what it sees.
    ///
    /// - Parameters:
    ///   - count: Pieces; they are begun in their order, so that the long ones had best come first.
    ///   - threads: This one among them; changes the time, and nothing else.
    ///   - body: Called from several threads. May read with the transaction that it is given, and write nothing.
    /// - Returns: What the pieces gave, in their order.
    /// - Throws: What the first piece that failed has thrown.
    public func readSideBySide<Result: Sendable>(
        _ count: Int, threads: Int, _ body: @escaping @Sendable (Int, Transaction) throws -> Result
    ) throws -> [Result] {
        let pieces = SidePieces(count, body)
        let group = DispatchGroup()
        let hasChanged = database.totalChangesCount != changesBefore
        for _ in 1..<max(1, hasChanged ? 1 : min(threads, count)) {
            // A thread of its own: it waits for others that compute, and must keep none of the few that do from work.
            DispatchQueue(label: "reads side by side").async(group: group) { [readers, histories] in
                // Where no other connection can be had, this thread does all of it, and says what is wrong if it cannot read either.
                guard let queue = try? readers.open() else { return }
                try? queue.read { pieces.work(Transaction(database: $0, histories: histories, readers: readers)) }
            }
        }
        pieces.work(self)
        group.wait()
        return try pieces.results()
    }
}

extension Transaction {
    /// Makes two pieces of work that read the warehouse, side by side where there are two threads; all else is as for many.
    public func readSideBySide<First: Sendable, Second: Sendable>(
        threads: Int, _ first: @escaping @Sendable (Transaction) throws -> First, _ second: @escaping @Sendable (Transaction) throws -> Second
    ) throws -> (First, Second) {
        let made = try readSideBySide(2, threads: threads) { piece, reading -> Either<First, Second> in
            piece == 0 ? .first(try first(reading)) : .second(try second(reading))
        }
        guard case .first(let one) = made[0], case .second(let other) = made[1] else { preconditionFailure("pieces come in their order") }
        return (one, other)
    }
}

private enum Either<First: Sendable, Second: Sendable>: Sendable {
    case first(First)
    case second(Second)
}
