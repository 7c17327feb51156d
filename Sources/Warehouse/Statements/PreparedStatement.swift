import GRDB
import GRDBSQLite

/// A statement that is bound and read by place through SQLite itself: a value in its own type takes no box on the way, and millions pass.
///
/// It stays within the connection and the transaction that it was made in.
struct PreparedStatement {
    private let statement: Statement
    private let connection: OpaquePointer?
    /// SQLite's own statement; valid as long as this value.
    let handle: OpaquePointer

    /// - Parameter isKept: Whether SQLite's compiled form is kept for the next use; such a statement must not be in use twice at a time.
    init(_ sql: String, in database: Database, isKept: Bool) throws {
        statement = isKept ? try database.cachedStatement(sql: sql) : try database.makeStatement(sql: sql)
        connection = database.sqliteConnection
        handle = statement.sqliteStatement
    }

    /// Goes to the next row.
    ///
    /// - Returns: Whether there is one.
    func step() throws(WarehouseError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    /// Binds the values of a row, executes the statement for them, and lets go of them.
    func execute(_ row: borrowing RowWriter) throws(WarehouseError) {
        try finish(row.withBound(to: handle) { sqlite3_step(handle) })
    }

    /// Executes the statement for what is bound, and stays bound.
    ///
    /// - Parameter bound: SQLite's code for the binding; nothing is executed where it is a failure.
    func executeBound(_ bound: CInt) throws(WarehouseError) { try finish(bound == SQLITE_OK ? sqlite3_step(handle) : bound) }

    private func finish(_ code: CInt) throws(WarehouseError) {
        guard code == SQLITE_DONE else {
            // The error is asked for before the reset, which may replace it.
            let error = failure(code)
            reset()
            throw error
        }
        // Of a statement that succeeded, resetting cannot fail.
        sqlite3_reset(handle)
    }

    /// Binds a few arguments, as copies that live as long as the statement.
    func bind(_ arguments: [StatementArgument]) throws(WarehouseError) {
        for (index, argument) in zip(CInt(1)..., arguments) {
            let code =
                switch argument {
                case .integer(let number): sqlite3_bind_int64(handle, index, Int64(number))
                case .text(let text): sqlite3_bind_text(handle, index, text, CInt(text.utf8.count), copied)
                }
            guard code == SQLITE_OK else { throw failure(code) }
        }
    }

    /// Ends an execution and lets go of what is bound.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    private func failure(_ code: CInt) -> WarehouseError {
        let message = sqlite3_errmsg(connection).map { String(cString: $0) }
        return WarehouseError(DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql))
    }
}

/// A value that a query asks for.
enum StatementArgument {
    case integer(Int)
    case text(String)
}

/// Tells SQLite to copy what it is given (`SQLITE_TRANSIENT`, which Swift does not import).
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
