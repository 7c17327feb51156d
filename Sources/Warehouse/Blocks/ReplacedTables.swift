import GRDB

/// Tables whose blocks a stage writes anew each night.
///
/// To delete last night's blocks first would free their pages, and to use these again in the same transaction SQLite writes each to its journal: half as much time as
/// ingestion takes on an empty warehouse. So new tables are filled, from pages that are free already or at the end of the file, and the old ones are dropped when
/// that is done. The file is as large as two nights; each night takes the pages of the one before last.
extension Transaction {
    private static let suffix = "_replaced"

    /// Puts an empty table in the place of one, which is dropped at the end of the transaction.
    func replace(_ table: String) throws {
        let old = table + Transaction.suffix
        guard try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM \(table))") ?? false else { return }
        guard try !database.tableExists(old), let definition = try definition(of: table) else { return try clear(table) }
        // Rows of the old table name files that are listed no more, until it is dropped.
        try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
        try database.execute(sql: "ALTER TABLE \(table) RENAME TO \(old)")
        try database.execute(sql: definition)
    }

    /// Drops the tables that were replaced.
    func dropReplaced() throws {
        let tables = try String.fetchAll(
            database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ? ORDER BY name", arguments: ["*" + Transaction.suffix])
        for table in tables { try database.execute(sql: "DROP TABLE \(table)") }
    }

    private func definition(of table: String) throws -> String? {
        try String.fetchOne(database, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", arguments: [table])
    }
}
