import PipelineModel

/// What the row of a block of packed rows says of it.
struct RowBlockLabel: Sendable {
    /// By which the block is kept.
    let place: Int
    let fileID: Int
    /// Of its first row.
    let line: Int
    let rows: Int
}

/// The rows of a block, where its bytes lie; valid as long as they are.
struct OpenRowBlock {
    private let label: RowBlockLabel
    private let slots: UnsafeRawBufferPointer
    private let texts: UnsafeRawBufferPointer
    private let layout: RowLayout

    var place: Int { label.place }
    var fileID: Int { label.fileID }

    /// - Throws: `WarehouseError.corrupt` where the bytes are not what was stored.
    init(_ bytes: UnsafeRawBufferPointer, _ label: RowBlockLabel, _ layout: RowLayout) throws(WarehouseError) {
        func corrupt(_ reason: String) -> WarehouseError { .corrupt(table: layout.table, row: label.place, reason: reason) }
        let rows = label.rows
        guard rows > 0, bytes.count >= RowBlock.headLength, rows <= (bytes.count - RowBlock.headLength) / layout.stride else {
            throw corrupt("it ends too early")
        }
        guard bytes[0] == RowBlock.version else {
            throw corrupt("its format has version \(bytes[0]), this software reads \(RowBlock.version)")
        }
        let content = UnsafeRawBufferPointer(rebasing: bytes[RowBlock.headLength...])
        let sum = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
        guard checksumByWords(of: content) ^ layout.signature == sum else {
            throw corrupt("its checksum does not agree with its bytes, or the fields of the table are others now: run cadre-ingest")
        }
        (self.label, self.layout) = (label, layout)
        slots = UnsafeRawBufferPointer(rebasing: content[..<(rows * layout.stride)])
        texts = UnsafeRawBufferPointer(rebasing: content[(rows * layout.stride)...])
    }

    /// Passes where each row's slots lie, and its line.
    @inline(__always)
    func forEachRow(_ body: (UnsafeRawPointer, _ line: Int) throws -> Void) rethrows {
        guard let start = slots.baseAddress else { return }
        for offset in stride(from: 0, to: slots.count, by: layout.stride) {
            let own = start + offset
            try body(own, label.line + Int(UInt32(littleEndian: own.loadUnaligned(as: UInt32.self))))
        }
    }

    /// A row to be read.
    ///
    /// - Parameters:
    ///   - columns: The fields that are asked for.
    ///   - cadreField: The place among them of the cadre it is about.
    ///   - resolved: The cadre's number, where it was found later.
    @inline(__always)
    func row(
        _ own: UnsafeRawPointer, _ line: Int, _ columns: UnsafeBufferPointer<RowLayout.Column>, cadreField: Int = -1,
        resolved: UnsafeBufferPointer<UInt8>? = nil
    ) -> KeptRow {
        KeptRow(
            fileID: fileID, line: line, slots: own, texts: texts, columns: columns, layout: layout, cadreField: cadreField, resolved: resolved)
    }
}

extension RowBlock {
    /// Passes every row with all its fields.
    func forEachRow(of layout: RowLayout, fileID: Int, linesLater: Int, _ body: (KeptRow) throws -> Void) throws {
        try layout.columns.withUnsafeBufferPointer { columns in
            try content.withUnsafeBytes { bytes in
                let line = firstLine + linesLater
                let label = RowBlockLabel(place: SourceRole.place(fileID: fileID, line: line), fileID: fileID, line: line, rows: rows)
                let block = try OpenRowBlock(bytes, label, layout)
                try block.forEachRow { slots, line in try body(block.row(slots, line, columns)) }
            }
        }
    }
}
