import GRDB
public import PipelineModel

/// What became known of packed rows after they had been written: that a later row of the same key replaces one, or whom it is about.
struct RowCorrections: Sendable {
    struct Correction: Sendable {
        let place: Int
        /// Where the cadre's number lies among the texts; `nil` where the row is taken back.
        let cadre: Range<Int>?
    }

    /// By place, ascending.
    private var all: [Correction] = []
    /// The numbers of the cadres, one behind the other.
    private(set) var texts: [UInt8] = []

    init(of role: SourceRole, in transaction: Transaction) throws {
        let sql = "SELECT place, target_cadre_id FROM row_corrections WHERE role = ? ORDER BY place"
        try transaction.forEachRow(sql, [.text(role.rawValue)], table: "row_corrections", columns: ["place", "target_cadre_id"]) { row in
            let (place, cadre, start) = (try row.integer(), try row.optionalText(), texts.count)
            texts += (cadre ?? "").utf8
            all.append(Correction(place: place, cadre: cadre == nil ? nil : start..<texts.count))
        }
    }

    /// The correction of a number among all; `nil` after the last.
    subscript(index: Int) -> Correction? { index < all.count ? all[index] : nil }

    /// The number of the first correction from a place on.
    func first(from place: Int) -> Int {
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle].place < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Transaction {
    /// Takes a row back that a later row of the same key replaces.
    public func deleteRow(of role: SourceRole, fileID: Int, line: Int) throws {
        willChange(role)
        let place = SourceRole.place(fileID: fileID, line: line)
        guard !role.isPacked else { return try correctRow(of: role, at: place, cadreID: nil) }
        try changePart(of: role, at: place)
        let statement = try database.cachedStatement(sql: "DELETE FROM \(role.table) WHERE place = ?")
        try statement.execute(arguments: [place])
    }

    /// Notes the cadre that a row was resolved to.
    public func resolveRow(of role: SourceRole, fileID: Int, line: Int, to cadreID: String) throws {
        let place = SourceRole.place(fileID: fileID, line: line)
        guard !role.isPacked else { return try correctRow(of: role, at: place, cadreID: cadreID) }
        try changePart(of: role, at: place)
        let statement = try database.cachedStatement(sql: "UPDATE \(role.table) SET target_cadre_id = ? WHERE place = ?")
        try statement.execute(arguments: [cadreID, place])
    }

    private func correctRow(of role: SourceRole, at place: Int, cadreID: String?) throws {
        let statement = try database.cachedStatement(sql: "INSERT OR REPLACE INTO row_corrections (role, place, target_cadre_id) VALUES (?, ?, ?)")
        try statement.execute(arguments: [role.rawValue, place, cadreID])
    }
}
