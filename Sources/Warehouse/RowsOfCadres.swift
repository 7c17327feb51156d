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
}
