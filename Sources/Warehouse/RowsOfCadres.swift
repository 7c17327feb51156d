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
        let ofWindow = window.map { "window = '\($0.rawValue)' AND " } ?? ""
        // SQLite takes a limited number of arguments.
        for start in stride(from: 0, to: sorted.count, by: 500) {
            let chunk = sorted[start..<min(start + 500, sorted.count)]
            let marks = chunk.map { _ in "?" }.joined(separator: ", ")
            try forEach(type, where: "\(ofWindow)cadre_id IN (\(marks))", chunk.map { .text($0) }, order: "cadre_id, \(Stored.order)", body)
        }
    }

    /// Passes every row of one window, in the table's order; the table has a column `window`.
    public func forEach<Stored: Record>(_ type: Stored.Type, window: AppraisalWindow, _ body: (Stored) throws -> Void) throws {
        try forEach(type, where: "window = ?", [.text(window.rawValue)], body)
    }

    /// Passes every adverse row with what it added to its measures, by number: both tables are read side by side, a row at a time.
    public func forEachEvidence(_ body: (EvidenceRecord, [EvidenceIncrement]) throws -> Void) throws {
        let columns = EvidenceIncrement.columns
        let statement = try PreparedStatement(
            "SELECT \(columns.joined(separator: ", ")) FROM \(EvidenceIncrement.table) ORDER BY \(EvidenceIncrement.order)", in: database, isKept: false)
        var row = RowReader(statement.handle, table: EvidenceIncrement.table, columns: columns)
        func read() throws -> EvidenceIncrement? {
            guard try statement.step() else { return nil }
            row.begin()
            return try EvidenceIncrement(from: &row)
        }
        try withExtendedLifetime(statement) {
            var next = try read()
            var increments: [EvidenceIncrement] = []
            try forEach(EvidenceRecord.self) { record in
                increments.removeAll(keepingCapacity: true)
                while let own = next, own.evidenceID <= record.evidenceID {
                    if own.evidenceID == record.evidenceID { increments.append(own) }
                    next = try read()
                }
                try body(record, increments)
            }
        }
    }

    /// Passes the adverse rows of some cadres with what each added to its measures, newest event first within a cadre.
    public func forEachEvidence(of cadres: some Sequence<String>, _ body: (EvidenceRecord, [EvidenceIncrement]) throws -> Void) throws {
        let wanted = Set(cadres)
        guard !wanted.isEmpty else { return }
        // The table has no index by cadre: one pass over the two columns finds the rows of all of them.
        var identifiers: [Int] = []
        try forEachRow("SELECT evidence_id, cadre_id FROM evidence", table: EvidenceRecord.table, columns: ["evidence_id", "cadre_id"]) { row in
            let identifier = try row.integer()
            if wanted.contains(try row.text()) { identifiers.append(identifier) }
        }
        var found: [(record: EvidenceRecord, increments: [EvidenceIncrement])] = []
        for start in stride(from: 0, to: identifiers.count, by: 500) {
            let chunk = identifiers[start..<min(start + 500, identifiers.count)]
            let marks = chunk.map { _ in "?" }.joined(separator: ", ")
            var increments: [Int: [EvidenceIncrement]] = [:]
            let (condition, arguments) = ("evidence_id IN (\(marks))", chunk.map { StatementArgument.integer($0) })
            try forEach(EvidenceIncrement.self, where: condition, arguments) { increments[$0.evidenceID, default: []].append($0) }
            try forEach(EvidenceRecord.self, where: condition, arguments) { found.append(($0, increments[$0.evidenceID] ?? [])) }
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
}
