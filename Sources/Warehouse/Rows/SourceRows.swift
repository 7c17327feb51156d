public import PipelineModel

/// One row of a source that keeps rows, as parsed under its contract.
public struct SourceRow: Hashable, Sendable {
    /// The export file.
    public var fileID: Int
    /// Where the record starts; counts from 1.
    public var line: Int
    /// One value for each field of the role, in the role's order; identity numbers as their keyed hash.
    public var values: [FieldValue]
    /// The cadre that the row was resolved to; `nil` where it names nobody, or nobody for certain.
    public var cadreID: String?

    /// A row of an export.
    public init(fileID: Int, line: Int, values: [FieldValue], cadreID: String? = nil) {
        self.fileID = fileID
        self.line = line
        self.values = values
        self.cadreID = cadreID
    }
}

extension SourceRole {
    /// The warehouse table that keeps the role's rows.
    public var table: String {
        switch self {
        case .roster: "cadres"
        case .posts: "post_tenures"
        case .faultTolerance: "fault_tolerance_cases"
        default: rawValue
        }
    }

    /// Whether rows of the role are about one cadre, and so are resolved.
    public var isAboutCadres: Bool {
        switch self {
        case .roster, .units, .reviews: false
        default: true
        }
    }

    /// The number by which a row is kept: its file, then its line.
    static func place(fileID: Int, line: Int) -> Int { fileID << 32 | line }
}

extension Transaction {
    /// Adds one row of a source.
    public func insert(_ row: SourceRow, of role: SourceRole) throws {
        var batch = RowBatch(of: role)
        batch.append(row)
        if role.isAboutCadres { batch.setCadres { _ in row.cadreID } }
        try insert(batch, of: role, fileID: row.fileID, linesLater: 0)
    }

    /// Adds the rows of a batch.
    ///
    /// - Parameter linesLater: How many lines of the file lie before what the batch was read from.
    public func insert(_ batch: RowBatch, of role: SourceRole, fileID: Int, linesLater: Int) throws {
        willChange(role)
        var batch = batch
        batch.flush()
        if role.isPacked {
            try insertBlocks(batch, fileID: fileID, linesLater: linesLater)
        } else {
            try insertRows(batch, of: role, fileID: fileID, linesLater: linesLater)
        }
    }

    /// Passes every row of a source, by file and line.
    ///
    /// - Parameters:
    ///   - names: Where given, only these fields are read; the others are as if missing.
    ///   - isUnresolved: Whether only rows that name nobody for certain are passed; not for roles that are about nobody.
    ///   - condition: Where given, rows that fail it by the code of a category are left out, as many as that tells; the rest of it is not looked at.
    public func forEachRow(
        of role: SourceRole, reading names: Set<String>? = nil, ifUnresolved isUnresolved: Bool = false, ifCodesOf condition: Condition? = nil,
        _ body: (SourceRow) throws -> Void
    ) throws {
        let places = role.fields.indices.filter { names?.contains(role.fields[$0].name) ?? true }
        var codes: [(field: Int, codes: [String])] = []
        for (field, wanted) in condition?.necessaryValues ?? [] {
            guard let place = role.index(of: field), case .category = role.fields[place].type else { continue }
            codes.append((place, wanted))
        }
        if role.isPacked {
            try forEachBlockRow(of: role, places, ifUnresolved: isUnresolved, codes: codes, body)
        } else {
            try forEachTableRow(of: role, places, ifUnresolved: isUnresolved, codes: codes, body)
        }
    }

    /// One row of a source; `nil` where none stands there.
    public func row(of role: SourceRole, fileID: Int, line: Int) throws -> SourceRow? {
        let (place, places) = (SourceRole.place(fileID: fileID, line: line), Array(role.fields.indices))
        var found: SourceRow?
        if role.isPacked {
            try forEachBlockRow(of: role, places, within: place) { if $0.fileID == fileID, $0.line == line { found = $0 } }
        } else {
            try forEachTableRow(of: role, places, at: place) { found = $0 }
        }
        return found
    }

    /// Every row of a source, by file and line.
    public func rows(of role: SourceRole) throws -> [SourceRow] {
        var rows: [SourceRow] = []
        try forEachRow(of: role) { rows.append($0) }
        return rows
    }

    /// Passes rows of a packed role.
    ///
    /// - Parameters:
    ///   - places: Of the fields that are read.
    ///   - codes: Fields that must have one of some codes.
    ///   - place: Where given, only the block is read that would hold the row at it.
    private func forEachBlockRow(
        of role: SourceRole, _ places: [Int], ifUnresolved isUnresolved: Bool = false, codes: [(field: Int, codes: [String])] = [], within place: Int? = nil,
        _ body: (SourceRow) throws -> Void
    ) throws {
        // After the fields that are read come those that are only looked at, then the cadre.
        let fields = (places + codes.map(\.field)).map { role.fields[$0].name } + (role.isAboutCadres ? ["target_cadre_id"] : [])
        let wanted = codes.map { role.codePlaces($0.codes, of: $0.field) }
        // Filled again and again: a row that nobody keeps takes no memory of its own.
        var source = SourceRow(of: role)
        try forEachKeptRow(of: role, fields: fields, within: place, ifUnresolved: isUnresolved) { row in
            for (number, codes) in wanted.enumerated() {
                guard let code = row.code(places.count + number), codes.contains(code) else { return }
            }
            (source.fileID, source.line) = (row.fileID, row.line)
            for (number, place) in places.enumerated() { source.values[place] = try row.value(number) }
            if role.isAboutCadres { source.cadreID = try row.text(fields.count - 1) }
            try body(source)
        }
    }
}

extension SourceRole {
    /// The places of codes among those of a field's category.
    fileprivate func codePlaces(_ codes: [String], of field: Int) -> Set<Int> {
        guard case .category(let category) = fields[field].type else { return [] }
        return Set(codes.compactMap { category.index(ofCode: $0) })
    }
}

extension SourceRow {
    /// A row of which nothing is known.
    init(of role: SourceRole) { self.init(fileID: 0, line: 0, values: [FieldValue](repeating: .missing, count: role.fields.count)) }
}

extension RowBatch {
    /// Adds a row whose fields are values, without the cadre that it is about.
    mutating func append(_ row: SourceRow) {
        let textBytes = row.values.reduce(0) { sum, value in if case .text(let text) = value { sum + text.utf8.count } else { sum } }
        append(line: row.line, textBytes: textBytes) { cursor in
            for value in row.values { cursor.append(value) }
        }
    }
}

extension RowCursor {
    fileprivate mutating func append(_ value: FieldValue) {
        switch value {
        case .missing: appendMissing()
        case .text(var text): text.withUTF8 { append($0) }
        case .integer(let number), .decimal(let number): append(number)
        case .date(let date): append(Int64(date.dayNumber))
        case .timestamp(let time): append(time.seconds)
        case .flag(let flag): append(flag ? 1 : 0)
        case .category(let code): append(Int64(code))
        }
    }
}
