public import PipelineModel

/// Rows whose cadre is unknown or not exactly one: they count for nobody.
public struct UnresolvedTarget: Hashable, Sendable {
    /// The export file.
    public var fileID: Int
    /// First such row; counts from 1.
    public var line: Int
    /// The contract.
    public var source: String
    /// Its number, where rows are kept.
    public var recordID: String?
    /// How the target was written; `nil` where none is.
    public var form: TargetForm?
    /// As written.
    public var writtenCadreID: String?
    /// As written.
    public var unit: String?
    /// As written.
    public var post: String?
    /// As written.
    public var name: String?
    /// When it happened.
    public var eventDate: CalendarDate?
    /// Rows with this target and day.
    public var rows: Int
    /// Why nobody was named.
    public var reason: UnresolvedReason
    /// How many people fit.
    public var candidates: Int

    /// A row with these values.
    public init(
        fileID: Int, line: Int, source: String, recordID: String?, form: TargetForm?, writtenCadreID: String?, unit: String?, post: String?,
        name: String?, eventDate: CalendarDate?, rows: Int, reason: UnresolvedReason, candidates: Int
    ) {
        self.fileID = fileID
        self.line = line
        self.source = source
        self.recordID = recordID
        self.form = form
        self.writtenCadreID = writtenCadreID
        self.unit = unit
        self.post = post
        self.name = name
        self.eventDate = eventDate
        self.rows = rows
        self.reason = reason
        self.candidates = candidates
    }
}

extension RowLayout {
    /// Of unresolved targets: their fields in the order of their type, without file, line and source.
    fileprivate static let unresolved = RowLayout(
        table: "unresolved_targets", slots: [.text, .code, .text, .text, .text, .text, .date, .integer, .code, .integer],
        meaning: ["record_id form written_cadre_id unit post name event_date rows reason candidates"] + TargetForm.allCases.map(\.rawValue)
            + UnresolvedReason.allCases.map(\.rawValue))
}

/// Adds unresolved targets, file by file and by line within a file: there may be hundreds of thousands.
public struct UnresolvedTargetWriter {
    private let transaction: Transaction
    private var batch = RowBatch(.unresolved)
    private var fileID = 0

    public init(_ transaction: Transaction) { self.transaction = transaction }

    /// Adds one; what is still in memory is stored by `finish`.
    public mutating func add(_ target: UnresolvedTarget) throws {
        if target.fileID != fileID || !batch.finished.isEmpty { try finish() }
        fileID = target.fileID
        let texts = [target.recordID, target.writtenCadreID, target.unit, target.post, target.name]
        batch.append(line: target.line, textBytes: texts.reduce(0) { $0 + ($1?.utf8.count ?? 0) }) { row in
            row.append(target.recordID)
            row.append(code: target.form.flatMap { TargetForm.allCases.firstIndex(of: $0) })
            row.append(target.writtenCadreID)
            row.append(target.unit)
            row.append(target.post)
            row.append(target.name)
            if let day = target.eventDate { row.append(Int64(day.dayNumber)) } else { row.appendMissing() }
            row.append(Int64(target.rows))
            row.append(code: UnresolvedReason.allCases.firstIndex(of: target.reason))
            row.append(Int64(target.candidates))
        }
    }

    /// Stores what is left.
    public mutating func finish() throws {
        batch.flush()
        try transaction.insertBlocks(batch, fileID: fileID, linesLater: 0)
        batch = RowBatch(.unresolved)
    }
}

extension RowCursor {
    fileprivate mutating func append(code: Int?) {
        if let code { append(Int64(code)) } else { appendMissing() }
    }
}

extension Transaction {
    /// Passes every unresolved target, by file and line.
    ///
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEachUnresolvedTarget(_ body: (UnresolvedTarget) throws -> Void) throws {
        let sources = Dictionary(try all(SourceFileRecord.self).map { ($0.fileID, $0.source) }) { first, _ in first }
        let (forms, reasons) = (TargetForm.allCases, UnresolvedReason.allCases)
        try forEachRow(of: .unresolved) { row in
            guard let reason = try row.code(8, of: reasons) else { throw row.corrupt("a target lacks its reason") }
            try body(
                UnresolvedTarget(
                    fileID: row.fileID, line: row.line, source: sources[row.fileID] ?? "", recordID: try row.text(0), form: try row.code(1, of: forms),
                    writtenCadreID: try row.text(2), unit: try row.text(3), post: try row.text(4), name: try row.text(5), eventDate: row.date(6),
                    rows: Int(row.number(7) ?? 0), reason: reason, candidates: Int(row.number(9) ?? 0)))
        }
    }

    /// All unresolved targets, by file and line.
    public func unresolvedTargets() throws -> [UnresolvedTarget] {
        var targets: [UnresolvedTarget] = []
        try forEachUnresolvedTarget { targets.append($0) }
        return targets
    }
}
