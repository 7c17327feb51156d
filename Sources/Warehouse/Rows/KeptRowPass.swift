import PipelineModel

/// What is asked of every row of a packed role: which fields, and what became known of the rows after they had been written.
struct KeptRowPass: Sendable {
    let layout: RowLayout
    private let columns: [RowLayout.Column]
    /// The place among them of the cadre that a row is about; −1 where nobody asks.
    private let cadreField: Int
    private let corrections: RowCorrections
    /// Whether only rows that name nobody for certain are passed.
    private let isUnresolved: Bool

    init(of role: SourceRole, fields: [String], ifUnresolved isUnresolved: Bool, in transaction: Transaction) throws {
        precondition(role.isPacked, "the role has rows of SQLite")
        let layout = RowLayout.of(role)
        self.layout = layout
        columns = fields.map { layout.columns[role.storedPlace(of: $0)] }
        cadreField = role.isAboutCadres ? fields.firstIndex(of: "target_cadre_id") ?? -1 : -1
        corrections = try RowCorrections(of: role, in: transaction)
        self.isUnresolved = isUnresolved
    }

    /// Passes the rows of a block in their order.
    func forEachRow(of label: RowBlockLabel, _ bytes: UnsafeRawBufferPointer, _ body: (KeptRow) throws -> Void) throws {
        let block = try OpenRowBlock(bytes, label, layout)
        let (isUnresolved, cadreField, cadreOffset) = (isUnresolved, cadreField, layout.columns[layout.columns.count - 1].offset)
        var next = corrections.first(from: block.place)
        try columns.withUnsafeBufferPointer { columns in
            try corrections.texts.withUnsafeBufferPointer { texts in
                try block.forEachRow { slots, line in
                    let place = SourceRole.place(fileID: block.fileID, line: line)
                    // A correction of a row that is not there must not hold back those after it.
                    while let passed = corrections[next], passed.place < place { next += 1 }
                    var resolved: UnsafeBufferPointer<UInt8>?
                    if let correction = corrections[next], correction.place == place {
                        guard let cadre = correction.cadre else { return }
                        resolved = UnsafeBufferPointer(rebasing: texts[cadre])
                    }
                    if isUnresolved {
                        let cadre = UInt32(littleEndian: slots.loadUnaligned(fromByteOffset: cadreOffset, as: UInt32.self))
                        if resolved != nil || cadre != RowLayout.Missing.text { return }
                    }
                    try body(block.row(slots, line, columns, cadreField: cadreField, resolved: resolved))
                }
            }
        }
    }
}

extension SourceRole {
    /// The place of a field in a packed row.
    fileprivate func storedPlace(of field: String) -> Int {
        if let place = index(of: field) { return place }
        precondition(isAboutCadres && field == "target_cadre_id", "the role has no such field")
        return fields.count
    }
}
