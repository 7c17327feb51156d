import GRDB
import PipelineModel

extension Transaction {
    /// The columns of a table, as SQLite knows them.
    func columnNames(of table: String) throws -> [String] { try database.columns(in: table).map(\.name) }

    /// Whole elapsed days between receipt and answer of each petition that has both, by file and line.
    public func handlingDays() throws -> [Int] {
        var days: [Int] = []
        try forEachKeptRow(of: .petitions, fields: ["received", "closed"]) { row in
            if let received = row.timestamp(0), let closed = row.timestamp(1) { days.append(closed.elapsedDays(since: received)) }
        }
        return days
    }
}
