public import PipelineModel

/// Rows of one table, packed: made on any thread, stored by the one that writes, without a value of its own for any field.
public struct RowBatch: Sendable {
    /// Rows after which a block ends: some hundred kilobytes.
    static let rowsInBlock = 4_096
    /// Bytes of text after which it ends earlier.
    static let mostTextBytes = 1 << 24

    let layout: RowLayout
    /// The layout's, in memory of the batch's own: the layout's own are every thread's.
    private let columns: [RowLayout.Column]
    private(set) var finished: [RowBlock] = []
    private var firstLine = 0
    private var rowsOfBlock = 0
    private var slots: [UInt8] = []
    private var texts: [UInt8] = []

    /// A batch without rows.
    public init(of role: SourceRole) { self.init(RowLayout.of(role)) }

    init(_ layout: RowLayout) {
        self.layout = layout
        columns = layout.columns.map(\.self)
    }

    /// Adds a row, after those of the lines before it.
    ///
    /// - Parameters:
    ///   - line: Counts from the start of what the batch is read from.
    ///   - textBytes: The most bytes that all its texts have together.
    ///   - fill: Adds its fields one by one: as many as the table has. The cadre that a row is about is set later, by `setCadres`.
    public mutating func append(line: Int, textBytes: Int, _ fill: (inout RowCursor) -> Void) {
        if rowsOfBlock == RowBatch.rowsInBlock || texts.count > RowBatch.mostTextBytes { endBlock() }
        if rowsOfBlock == 0 { firstLine = line }
        rowsOfBlock += 1
        let (stride, most) = (layout.stride, RowCursor.mostBytes(columns: columns.count, textBytes: textBytes))
        withUnsafeTemporaryAllocation(byteCount: stride + most, alignment: 8) { room in
            let own = UnsafeMutableRawBufferPointer(rebasing: room[..<stride])
            let words = UnsafeMutableRawBufferPointer(rebasing: room[stride...])
            own.storeBytes(of: UInt32(line - firstLine).littleEndian, as: UInt32.self)
            let used = columns.withUnsafeBufferPointer { columns in
                var row = RowCursor(slots: own, texts: words, textsBefore: texts.count, columns: columns)
                fill(&row)
                row.fillUp()
                return row.used
            }
            slots.append(contentsOf: own)
            texts.append(contentsOf: words[..<used])
        }
    }

    /// Ends the last block, after which no row is added.
    public mutating func endRows() {
        endBlock()
        // A batch may wait for those before it.
        (slots, texts) = ([], [])
    }

    /// Sets the cadre that each row is about, of a role that is about cadres: once, when all rows are added.
    ///
    /// - Parameter number: The cadre's, of a row by its place in the batch; `nil` where it is not known.
    public mutating func setCadres(_ number: (_ row: Int) -> String?) {
        endRows()
        var before = 0
        for block in finished.indices {
            for row in 0..<finished[block].rows {
                guard var id = number(before + row) else { continue }
                id.withUTF8 { finished[block].setCadre(of: row, to: $0, layout) }
            }
            before += finished[block].rows
        }
    }

    /// Makes the blocks what is stored: nothing is of one that has not been sealed.
    public mutating func flush() {
        endRows()
        for block in finished.indices { finished[block].seal(layout) }
    }

    /// A block before cadres are set in it: to be kept elsewhere, and to be made part of a batch again by the same program.
    package struct Unsealed: Sendable {
        package let firstLine: Int
        package let rows: Int
        package let content: [UInt8]

        package init(firstLine: Int, rows: Int, content: [UInt8]) { (self.firstLine, self.rows, self.content) = (firstLine, rows, content) }
    }

    /// Its blocks, after `endRows` and before `setCadres` and `flush`.
    package var unsealedBlocks: [Unsealed] {
        precondition(rowsOfBlock == 0 && finished.allSatisfy { !$0.isSealed }, "the rows have not ended, or are sealed")
        return finished.map { Unsealed(firstLine: $0.firstLine, rows: $0.rows, content: $0.content) }
    }

    /// The batch that had these blocks; `nil` where one cannot be of this role.
    package init?(of role: SourceRole, _ blocks: [Unsealed]) {
        self.init(of: role)
        for block in blocks {
            guard let block = RowBlock(firstLine: block.firstLine, rows: block.rows, content: block.content, layout) else { return nil }
            finished.append(block)
        }
    }

    private mutating func endBlock() {
        if rowsOfBlock == 0 { return }
        finished.append(RowBlock(firstLine: firstLine, rows: rowsOfBlock, slots: slots, texts: texts))
        rowsOfBlock = 0
        slots.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }
}
