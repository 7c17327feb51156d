/// A stretch of a long table, column by column: one row of SQLite for thousands of entries.
///
/// As the warehouse keeps it, a block is a byte for the version of its format, eight for the checksum of what follows, low byte first, and its content.
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

/// Version and checksum.
private let headLength = 9

extension ColumnBlock {
    /// The block as bytes.
    func encoded() -> [UInt8] {
        var content = BlockWriter()
        write(to: &content)
        let sum = content.bytes.withUnsafeBytes(checksum(of:))
        return [Self.version] + (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) } + content.bytes
    }

    /// Fills the block with what stands in the bytes; its memory is used again.
    ///
    /// - Throws: Why they are no block; then the block holds nothing that may be used.
    mutating func decode(_ bytes: UnsafeRawBufferPointer) throws(BlockReader.Fault) {
        removeAll()
        guard bytes.count > headLength else { throw .init(reason: "it ends too early") }
        guard bytes[0] == Self.version else { throw .init(reason: "its format has version \(bytes[0]), this software reads \(Self.version)") }
        let expected = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[1 + $1]) << (8 * UInt64($1)) }
        let content = UnsafeRawBufferPointer(rebasing: bytes[headLength...])
        guard checksum(of: content) == expected else { throw .init(reason: "its checksum does not agree with its bytes") }
        var reader = BlockReader(content)
        try read(from: &reader)
        try reader.close()
    }
}
