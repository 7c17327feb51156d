import GRDB

/// The store of record: one SQLite file that holds what was read, what was estimated and what was flagged.
///
/// Its schema changes only by migrations. Every stage works in one transaction, so that a stage that fails or is killed leaves what stood before.
public final class Warehouse: Sendable {
    private let queue: DatabaseQueue
    private let histories = HistoryMemo()
    private let readers: SideReaders

    /// Opens the warehouse, creates it where there is none, and brings its schema up to date.
    ///
    /// - Throws: `WarehouseError.cannotOpen`, or `newerSchema` where a newer version has migrated the file.
    public init(path: String) throws(WarehouseError) {
        readers = SideReaders(path: path == ":memory:" ? nil : path)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.publicStatementArguments = false
        configuration.prepareDatabase { database in
            // Blocks are some 40 to 100 KB: with the usual 4 KB a page each would be a chain of dozens. Only a file that is made now takes it.
            try database.execute(sql: "PRAGMA page_size = 16384")
            // In KiB. With the usual 2 MB a stage writes its pages several times over, and waits for the disk each time.
            try database.execute(sql: "PRAGMA cache_size = -32768")
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // Deleted rows are wiped where their page is written anyway. To wipe every page that becomes free, as Debian's SQLite is built to, a night that
            // replaces another would write the whole warehouse once more, and its journal too.
            try database.execute(sql: "PRAGMA secure_delete = FAST")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = Schema.migrator
            if try queue.read({ try migrator.hasBeenSuperseded($0) }) { throw WarehouseError.newerSchema(path: path) }
            try migrator.migrate(queue)
        } catch let error as WarehouseError {
            throw error
        } catch {
            throw .cannotOpen(path: path, reason: WarehouseError.reason(of: error))
        }
    }

    /// Runs `body` in one transaction: all of it is stored, or, where it throws, nothing.
    ///
    /// - Throws: What `body` throws; `WarehouseError.failed` or `cannotStore` for SQLite's own errors.
    public func write<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        do {
            return try queue.writeWithoutTransaction { database in
                var value: Value?
                let writing = EarlyWriting(path: queue.path)
                try database.inTransaction(.immediate) {
                    let transaction = Transaction(database: database, histories: histories, readers: readers)
                    value = try body(transaction)
                    try transaction.dropReplaced()
                    try writing.end()
                    return .commit
                }
                guard let value else { throw WarehouseError.failed(reason: "the transaction ended without a result") }
                return value
            }
        } catch {
            // What was read of a state that is taken back says nothing.
            histories.forget()
            throw (error as? DatabaseError).map { WarehouseError($0) } ?? error
        }
    }

    /// Runs `body` on a state of the warehouse that nobody changes meanwhile.
    public func read<Value>(_ body: (Transaction) throws -> Value) throws -> Value {
        do {
            return try queue.read { try body(Transaction(database: $0, histories: histories, readers: readers)) }
        } catch let error as DatabaseError {
            throw WarehouseError(error)
        }
    }
}

/// One transaction on the warehouse; what its tables offer are extensions of it, one file per table.
public struct Transaction {
    let database: Database
    let histories: HistoryMemo
    let readers: SideReaders
    /// Rows that the connection had changed when the transaction began.
    let changesBefore: Int

    init(database: Database, histories: HistoryMemo, readers: SideReaders) {
        (self.database, self.histories, self.readers) = (database, histories, readers)
        changesBefore = database.totalChangesCount
    }

    /// Deletes every row of a table.
    func clear(_ table: String) throws {
        try database.execute(sql: "DELETE FROM \(table)")
    }
}

extension WarehouseError {
    /// SQLite's error: what the disk refuses is told apart from what the software did wrong.
    init(_ error: DatabaseError) {
        switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_BUSY:
            self = .cannotStore(reason: Self.reason(of: error))
        default: self = .failed(reason: Self.reason(of: error))
        }
    }

    /// SQLite's message without arguments.
    static func reason(of error: any Error) -> String {
        guard let error = error as? DatabaseError else { return String(describing: error) }
        return "\(error.message ?? "unknown error") (SQLite code \(error.extendedResultCode.rawValue))" + (error.sql.map { " in: \($0)" } ?? "")
    }
}
