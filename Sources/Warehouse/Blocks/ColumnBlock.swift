/// A stretch of a long table, column by column: one row of SQLite for thousands of entries.
///
/// As the warehouse keeps it, its content is sealed (`BlockWriter.sealed`).
protocol ColumnBlock: Sendable {
    /// Where blocks of this kind are rows.
    static var table: String { get }
    /// Of the format of the content.
    static var version: UInt8 { get }
    /// Entries after which a block ends, as soon as what must stay together is whole.
    static var size: Int { get }

    /// A block without entries.
    init()

    /// Entries.
    var count: Int { get }
    /// What all entries are of, where a table is read in parts; else empty.
    var part: String { get }
    /// The first and the last cadre, in their order, who may have an entry; `nil` without entries.
    var cadreRange: ClosedRange<String>? { get }

    /// Writes the content.
    func write(to writer: inout BlockWriter)
    /// Reads what `write` wrote into the empty block.
    ///
    /// - Throws: Why the bytes are none; then the block holds nothing that may be used.
    mutating func read(from reader: inout BlockReader) throws(BlockReader.Fault)
    /// Empties the block, and keeps its memory for the next one.
    mutating func removeAll()
}

extension ColumnBlock {
    /// The block as bytes.
    func encoded() -> [UInt8] {
        var content = BlockWriter()
        write(to: &content)
        return content.sealed(version: Self.version)
    }

    /// Fills the block with what stands in the bytes; its memory is used again.
    ///
    /// - Throws: Why they are no block; then the block holds nothing that may be used.
    mutating func decode(_ bytes: UnsafeRawBufferPointer) throws(BlockReader.Fault) {
        removeAll()
        var reader = try BlockReader(sealed: bytes, version: Self.version)
        try read(from: &reader)
        try reader.close()
    }
}
