/// Packed rows as bytes: a byte for the version of the format, eight for the checksum of what follows and of what the slots mean, then the slots of all rows and
/// their texts.
struct RowBlock: Sendable {
    static let version: UInt8 = 2
    static let headLength = 9

    /// The line of the first row; counts as the batch's do.
    let firstLine: Int
    let rows: Int
    private(set) var content: [UInt8]
    /// Whether the content has its checksum.
    private(set) var isSealed = false

    init(firstLine: Int, rows: Int, slots: [UInt8], texts: [UInt8]) {
        var content: [UInt8] = []
        content.reserveCapacity(RowBlock.headLength + slots.count + texts.count)
        content.append(RowBlock.version)
        content.append(contentsOf: repeatElement(0, count: RowBlock.headLength - 1))
        content += slots
        content += texts
        (self.firstLine, self.rows, self.content) = (firstLine, rows, content)
    }

    /// - Returns: `nil` where the content is too short for its rows, or of another version.
    init?(firstLine: Int, rows: Int, content: [UInt8], _ layout: RowLayout) {
        guard rows > 0, content.first == RowBlock.version, rows <= (content.count - RowBlock.headLength) / layout.stride else { return nil }
        (self.firstLine, self.rows, self.content) = (firstLine, rows, content)
    }

    /// Sets the cadre that a row is about; where a field says the same it is not written twice.
    mutating func setCadre(of row: Int, to id: UnsafeBufferPointer<UInt8>, _ layout: RowLayout) {
        precondition(row < rows && !isSealed, "a block has no such row, or is sealed")
        let (slots, texts) = (RowBlock.headLength + row * layout.stride, RowBlock.headLength + rows * layout.stride)
        let place: UInt32
        if let field = layout.cadreField, let written = text(at: slots + layout.columns[field].offset, from: texts, isLike: id) {
            place = written
        } else {
            place = UInt32(content.count - texts)
            if id.count < 255 {
                content.append(UInt8(id.count))
            } else {
                content.append(255)
                withUnsafeBytes(of: UInt32(id.count).littleEndian) { content.append(contentsOf: $0) }
            }
            content.append(contentsOf: id)
        }
        content.withUnsafeMutableBytes {
            $0.storeBytes(of: place.littleEndian, toByteOffset: slots + layout.columns[layout.columns.count - 1].offset, as: UInt32.self)
        }
    }

    /// Where the text of a slot lies, if it is a given one of less than 255 bytes.
    private func text(at slot: Int, from texts: Int, isLike id: UnsafeBufferPointer<UInt8>) -> UInt32? {
        content.withUnsafeBytes { bytes in
            let place = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: slot, as: UInt32.self))
            guard place != RowLayout.Missing.text else { return nil }
            let start = texts + Int(place)
            guard id.count < 255, Int(bytes[start]) == id.count, bytes[(start + 1)..<(start + 1 + id.count)].elementsEqual(id) else { return nil }
            return place
        }
    }

    /// Gives the content its checksum, when nothing is set any more.
    mutating func seal(_ layout: RowLayout) {
        if isSealed { return }
        isSealed = true
        content.withUnsafeMutableBytes { bytes in
            let sum = checksumByWords(of: UnsafeRawBufferPointer(rebasing: bytes[RowBlock.headLength...])) ^ layout.signature
            bytes.storeBytes(of: sum.littleEndian, toByteOffset: 1, as: UInt64.self)
        }
    }
}
