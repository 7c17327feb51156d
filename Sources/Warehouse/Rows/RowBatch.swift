public import PipelineModel

/// Rows of one table, packed: made on any thread, stored by the one that writes, without a value of its own for any field.
public struct RowBatch: Sendable {
    /// Rows after which a block ends: some hundred kilobytes.
    static let rowsInBlock = 4_096
    /// Bytes of text after which it ends earlier.
    static let mostTextBytes = 1 << 24

    let layout: RowLayout
    private(set) var finished: [RowBlock] = []
    private var firstLine = 0
    private var rowsOfBlock = 0
    private var slots: [UInt8] = []
    private var texts: [UInt8] = []

    /// A batch without rows.
    public init(of role: SourceRole) { self.init(RowLayout.of(role)) }

    init(_ layout: RowLayout) { self.layout = layout }

    /// Adds a row, after those of the lines before it.
    ///
    /// - Parameters:
    ///   - line: Counts from the start of what the batch is read from.
    ///   - textBytes: The most bytes that all its texts have together.
    ///   - fill: Adds its fields one by one: as many as the table has; of a role that is about cadres, one for the cadre too.
    public mutating func append(line: Int, textBytes: Int, _ fill: (inout RowCursor) -> Void) {
        if rowsOfBlock == RowBatch.rowsInBlock || texts.count > RowBatch.mostTextBytes { endBlock() }
        if rowsOfBlock == 0 { firstLine = line }
        rowsOfBlock += 1
        let (stride, most) = (layout.stride, RowCursor.mostBytes(of: layout, textBytes: textBytes))
        withUnsafeTemporaryAllocation(byteCount: stride + most, alignment: 8) { room in
            let own = UnsafeMutableRawBufferPointer(rebasing: room[..<stride])
            let words = UnsafeMutableRawBufferPointer(rebasing: room[stride...])
            own.storeBytes(of: UInt32(line - firstLine).littleEndian, as: UInt32.self)
            var row = RowCursor(slots: own, texts: words, textsBefore: texts.count, layout: layout)
            fill(&row)
            slots.append(contentsOf: own)
            texts.append(contentsOf: words[..<row.used])
        }
    }

    /// Ends the last block; nothing is stored of one that has not ended.
    public mutating func flush() {
        endBlock()
        // A batch may wait for those before it.
        (slots, texts) = ([], [])
    }

    private mutating func endBlock() {
        if rowsOfBlock == 0 { return }
        finished.append(RowBlock(layout, firstLine: firstLine, rows: rowsOfBlock, slots: slots, texts: texts))
        rowsOfBlock = 0
        slots.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }
}

/// Packed rows as bytes: a byte for the version of the format, eight for the checksum of what follows and of what the slots mean, then the slots of all rows and
/// their texts.
struct RowBlock: Sendable {
    static let version: UInt8 = 1
    static let headLength = 9

    /// The line of the first row; counts as the batch's do.
    let firstLine: Int
    let rows: Int
    let content: [UInt8]

    init(_ layout: RowLayout, firstLine: Int, rows: Int, slots: [UInt8], texts: [UInt8]) {
        (self.firstLine, self.rows) = (firstLine, rows)
        var content: [UInt8] = []
        content.reserveCapacity(RowBlock.headLength + slots.count + texts.count)
        content.append(RowBlock.version)
        content.append(contentsOf: repeatElement(0, count: RowBlock.headLength - 1))
        content += slots
        content += texts
        content.withUnsafeMutableBytes { bytes in
            let sum = checksumByWords(of: UnsafeRawBufferPointer(rebasing: bytes[RowBlock.headLength...])) ^ layout.signature
            bytes.storeBytes(of: sum.littleEndian, toByteOffset: 1, as: UInt64.self)
        }
        self.content = content
    }
}
