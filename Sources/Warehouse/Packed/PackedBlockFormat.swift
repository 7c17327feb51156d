/// A block as the warehouse keeps it, in version 2 of the format:
///
/// | bytes | what |
/// |---|---|
/// | 1 | version |
/// | 8 | checksum of all that follows, low byte first |
/// | | numbers of cadres, rows, texts and columns; each cadre's number, as a text, and rows; the texts |
/// | | each column: its kind, its length in bytes, its values |
///
/// Counts, whole numbers and the places of texts take as many bytes as they need (`BlockWriter`). Reals begin with 0 where none is known, 1 where all are,
/// and 2 where a bit for each row tells, low bits first; then come the known ones, 8 bytes each, low byte first.
extension PackedBlock {
    static let version: UInt8 = 2

    /// The block as bytes.
    func encoded() -> [UInt8] {
        var body = BlockWriter()
        for number in [cadres.count, count, texts.count, columns.count] { body.count(number) }
        for (cadre, rows) in zip(cadres, rowCounts) {
            body.text(cadre)
            body.count(rows)
        }
        for text in texts { body.text(text) }
        for column in columns {
            let values = column.encoded()
            body.count(Int(column.kind.rawValue))
            body.count(values.count)
            body.append(values)
        }
        return body.sealed(version: PackedBlock.version)
    }

    /// Fills the block with what stands in the bytes; its memory is used again, and its columns stay as many and of the kinds that they are.
    ///
    /// - Throws: Why they are no such block; then the block holds nothing that may be used.
    mutating func decode(_ bytes: UnsafeRawBufferPointer) throws(BlockReader.Fault) {
        removeAll()
        var reader = try BlockReader(sealed: bytes, version: PackedBlock.version)
        let (cadreCount, rows, textCount, columnCount) = (try reader.count(), try reader.count(), try reader.count(), try reader.count())
        guard columnCount == columns.count else { throw .init(reason: "it has \(columnCount) columns instead of \(columns.count)") }
        count = rows
        try decodeCadres(&reader, cadreCount)
        for _ in 0..<textCount { texts.append(try reader.text()) }
        for index in columns.indices {
            guard try reader.natural() == UInt64(columns[index].kind.rawValue) else { throw .init(reason: "column \(index + 1) is of another kind") }
            let length = try reader.count()
            var values = try reader.part(length)
            try columns[index].decode(&values, rows: rows, texts: textCount)
            try values.close()
        }
        try reader.close()
    }

    private mutating func decodeCadres(_ reader: inout BlockReader, _ cadreCount: Int) throws(BlockReader.Fault) {
        var left = count
        for _ in 0..<cadreCount {
            cadres.append(try reader.text())
            let own = try reader.natural()
            guard own > 0, own <= UInt64(left) else { throw .init(reason: "a cadre has no row, or more than there are") }
            rowCounts.append(Int(own))
            left -= Int(own)
        }
        guard left == 0 else { throw .init(reason: "a row has no cadre") }
    }
}

extension PackedBlock.Column {
    fileprivate func encoded() -> [UInt8] {
        var writer = BlockWriter()
        switch kind {
        case .text: for place in integers { writer.count(place) }
        case .integer: for number in integers { writer.integer(Int64(number)) }
        case .real:
            let known = isKnown.count { $0 }
            writer.count(known == 0 ? 0 : known == isKnown.count ? 1 : 2)
            if known > 0, known < isKnown.count {
                for start in stride(from: 0, to: isKnown.count, by: 8) {
                    let bits = isKnown[start..<min(start + 8, isKnown.count)]
                    writer.append([bits.enumerated().reduce(0) { $0 | ($1.element ? 1 << UInt8($1.offset) : 0) }])
                }
            }
            writer.append(reals: known == isKnown.count ? reals : zip(reals, isKnown).compactMap { $1 ? $0 : nil })
        }
        return writer.bytes()
    }

    fileprivate mutating func decode(_ reader: inout BlockReader, rows: Int, texts: Int) throws(BlockReader.Fault) {
        switch kind {
        case .text:
            for _ in 0..<rows {
                let place = try reader.natural()
                guard place < UInt64(texts) else { throw .init(reason: "a row has no text") }
                integers.append(Int(place))
            }
        case .integer: for _ in 0..<rows { integers.append(Int(try reader.integer())) }
        case .real:
            switch try reader.natural() {
            case 0:
                isKnown.append(contentsOf: repeatElement(false, count: rows))
                reals.append(contentsOf: repeatElement(0, count: rows))
            case 1:
                isKnown.append(contentsOf: repeatElement(true, count: rows))
                for _ in 0..<rows { reals.append(try reader.real()) }
            case 2:
                var bits = try reader.part((rows + 7) / 8)
                for start in stride(from: 0, to: rows, by: 8) {
                    let byte = try bits.byte()
                    for row in start..<min(start + 8, rows) { isKnown.append(byte >> UInt8(row - start) & 1 == 1) }
                }
                for known in isKnown { reals.append(known ? try reader.real() : 0) }
            default: throw .init(reason: "nothing says which numbers are known")
            }
        }
    }
}
