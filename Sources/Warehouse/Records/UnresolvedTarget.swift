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

/// Unresolved targets, file by file and by line within a file, packed: made on any thread, and stored by the one that writes. There may be hundreds of thousands.
public struct UnresolvedTargets: Sendable {
    /// The fields that are texts.
    public enum Text: CaseIterable { case recordID, writtenCadreID, unit, post, name }

    fileprivate var files: [(fileID: Int, batch: RowBatch)] = []
    /// By the code of the reason.
    private var rows = [Int](repeating: 0, count: UnresolvedReason.allCases.count)

    /// None.
    public init() {}

    /// How many rows name nobody, by reason.
    public var rowsByReason: [UnresolvedReason: Int] { Dictionary(uniqueKeysWithValues: zip(UnresolvedReason.allCases, rows)) }

    /// Adds one.
    public mutating func add(_ target: UnresolvedTarget) {
        func text(_ field: Text) -> String? {
            switch field {
            case .recordID: target.recordID
            case .writtenCadreID: target.writtenCadreID
            case .unit: target.unit
            case .post: target.post
            case .name: target.name
            }
        }
        add(
            fileID: target.fileID, line: target.line, form: target.form, day: target.eventDate?.dayNumber, rows: target.rows, reason: target.reason,
            candidates: target.candidates, textBytes: Text.allCases.reduce(0) { $0 + (text($1)?.utf8.count ?? 0) }
        ) { $1.append(text($0)) }
    }

    /// Adds one whose texts are bytes.
    ///
    /// - Parameters:
    ///   - textBytes: The most that all texts have together.
    ///   - append: Adds a text, or that it is missing.
    public mutating func add(
        fileID: Int, line: Int, form: TargetForm?, day: Int32?, rows: Int, reason: UnresolvedReason, candidates: Int, textBytes: Int,
        _ append: (Text, inout RowCursor) -> Void
    ) {
        if files.last?.fileID != fileID { files.append((fileID, RowBatch(.unresolved))) }
        files[files.count - 1].batch.append(line: line, textBytes: textBytes) { row in
            append(.recordID, &row)
            if let form = form.flatMap({ TargetForm.allCases.firstIndex(of: $0) }) { row.append(Int64(form)) } else { row.appendMissing() }
            for text in [Text.writtenCadreID, .unit, .post, .name] { append(text, &row) }
            if let day { row.append(Int64(day)) } else { row.appendMissing() }
            row.append(Int64(rows))
            row.append(Int64(UnresolvedTargets.code(reason)))
            row.append(Int64(candidates))
        }
        self.rows[UnresolvedTargets.code(reason)] += rows
    }

    private static func code(_ reason: UnresolvedReason) -> Int { UnresolvedReason.allCases.firstIndex(of: reason) ?? 0 }
}

extension Transaction {
    /// Adds unresolved targets.
    public func insert(_ targets: UnresolvedTargets) throws {
        for (fileID, batch) in targets.files {
            var batch = batch
            batch.flush()
            try insertBlocks(batch, fileID: fileID, linesLater: 0)
        }
    }

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
