import GRDB
import PipelineModel

extension Transaction {
    /// Passes the rows of some cadres, by cadre and then in the table's order: of a long table only what is asked for is read.
    ///
    /// - Parameters:
    ///   - cadres: Each is looked up once, however often it is named.
    ///   - window: Where given, only rows of that window; the table has a column `window`.
    public func forEach<Stored: Record>(
        _ type: Stored.Type, of cadres: some Sequence<String>, window: AppraisalWindow? = nil, _ body: (Stored) throws -> Void
    ) throws {
        let sorted = Set(cadres).sorted()
        // SQLite takes a limited number of arguments.
        for start in stride(from: 0, to: sorted.count, by: 500) {
            let chunk = sorted[start..<min(start + 500, sorted.count)]
            let marks = chunk.map { _ in "?" }.joined(separator: ", ")
            let filter = window.map { "window = '\($0.rawValue)' AND " } ?? ""
            let sql =
                "SELECT \(Stored.columns.joined(separator: ", ")) FROM \(Stored.table) WHERE \(filter)cadre_id IN (\(marks)) ORDER BY cadre_id, \(Stored.order)"
            let cursor = try Row.fetchCursor(database, sql: sql, arguments: StatementArguments(chunk))
            while let row = try cursor.next() {
                var reader = RowReader(row: row, table: Stored.table, columns: Stored.columns)
                try body(try Stored(from: &reader))
            }
        }
    }

    /// Passes every row of one window, in the table's order; the table has a column `window`.
    public func forEach<Stored: Record>(_ type: Stored.Type, window: AppraisalWindow, _ body: (Stored) throws -> Void) throws {
        let sql =
            "SELECT \(Stored.columns.joined(separator: ", ")) FROM \(Stored.table) WHERE window = '\(window.rawValue)' ORDER BY \(Stored.order)"
        let cursor = try Row.fetchCursor(database, sql: sql)
        while let row = try cursor.next() {
            var reader = RowReader(row: row, table: Stored.table, columns: Stored.columns)
            try body(try Stored(from: &reader))
        }
    }

    /// Passes the adverse rows of some cadres with what each added to its measures, newest event first within a cadre.
    public func forEachEvidence(of cadres: some Sequence<String>, _ body: (EvidenceRecord, [EvidenceIncrement]) throws -> Void) throws {
        let wanted = Set(cadres)
        guard !wanted.isEmpty else { return }
        // The table has no index by cadre: one pass over the two columns finds the rows of all of them.
        var identifiers: [Int] = []
        let cursor = try Row.fetchCursor(database, sql: "SELECT evidence_id, cadre_id FROM evidence")
        while let row = try cursor.next() {
            let cadreID: String = row[1]
            if wanted.contains(cadreID) { identifiers.append(row[0]) }
        }
        var found: [(record: EvidenceRecord, increments: [EvidenceIncrement])] = []
        for start in stride(from: 0, to: identifiers.count, by: 500) {
            let chunk = identifiers[start..<min(start + 500, identifiers.count)]
            let marks = chunk.map { _ in "?" }.joined(separator: ", ")
            var increments: [Int: [EvidenceIncrement]] = [:]
            try fetch(EvidenceIncrement.self, sql: "evidence_id IN (\(marks))", chunk) { increments[$0.evidenceID, default: []].append($0) }
            try fetch(EvidenceRecord.self, sql: "evidence_id IN (\(marks))", chunk) { found.append(($0, increments[$0.evidenceID] ?? [])) }
        }
        found.sort { left, right in
            let (a, b) = (left.record, right.record)
            if a.cadreID != b.cadreID { return a.cadreID < b.cadreID }
            if a.eventDate != b.eventDate { return a.eventDate?.dayNumber ?? .min > b.eventDate?.dayNumber ?? .min }
            if a.source != b.source { return a.source < b.source }
            if a.recordID != b.recordID { return a.recordID ?? "" > b.recordID ?? "" }
            return (a.fileID, a.line) < (b.fileID, b.line)
        }
        for entry in found { try body(entry.record, entry.increments) }
    }

    private func fetch<Stored: Record>(_ type: Stored.Type, sql condition: String, _ arguments: ArraySlice<Int>, _ body: (Stored) throws -> Void) throws {
        let sql = "SELECT \(Stored.columns.joined(separator: ", ")) FROM \(Stored.table) WHERE \(condition) ORDER BY \(Stored.order)"
        let cursor = try Row.fetchCursor(database, sql: sql, arguments: StatementArguments(arguments))
        while let row = try cursor.next() {
            var reader = RowReader(row: row, table: Stored.table, columns: Stored.columns)
            try body(try Stored(from: &reader))
        }
    }
}
