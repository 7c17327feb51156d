import GRDB

extension Transaction {
    /// The columns of a table, as SQLite knows them.
    func columnNames(of table: String) throws -> [String] { try database.columns(in: table).map(\.name) }

    /// Whole elapsed days between receipt and answer of each petition that has both, by file and line.
    public func handlingDays() throws -> [Int] {
        try Int.fetchAll(database, sql: "SELECT handling_days FROM petition_handling_days ORDER BY file_id, line")
    }
}
