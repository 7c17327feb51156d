import GRDB

extension Transaction {
    /// The plain columns of a table, as SQLite knows them; computed ones are not among them.
    func columnNames(of table: String) throws -> [String] {
        try database.columns(in: table).filter { $0.name != "handling_days" }.map(\.name)
    }

    /// Whole elapsed days between receipt and answer of each petition that has both, by file and line.
    public func handlingDays() throws -> [Int] {
        try Int.fetchAll(database, sql: "SELECT handling_days FROM petitions WHERE handling_days IS NOT NULL ORDER BY file_id, line")
    }
}
