/// A block as the warehouse keeps it, in version 1 of the format:
///
/// | bytes | what |
/// |---|---|
/// | 1 | version |
/// | 8 | checksum of all that follows, low byte first |
/// | | numbers of cadres, runs and facts; names of the measures, each its length and its text; then the lengths of the columns |
/// | | cadre numbers, as texts · runs of each cadre · runs, as place of the measure and twice the length, plus 1 where it has values |
/// | | months, of each run the first and then the steps less 1 · counts · sum and sum of squares of each fact of a run that has values |
///
/// All numbers take as many bytes as they need (`FactByteWriter`); those that may be negative alternate in sign. A fact takes about three bytes.
extension FactBlock {
    static let version: UInt8 = 1
    private static let headLength = 9
    private static let columnCount = 6

    /// The block as bytes.
    func encoded() -> [UInt8] {
        var columns = (0..<FactBlock.columnCount).map { _ in FactByteWriter() }
        for (cadre, runCount) in zip(cadres, runCounts) {
            columns[0].text(cadre)
            columns[1].count(runCount)
        }
        var place = 0
        for run in runs {
            let facts = place..<(place + run.length)
            let hasValues = sums[facts].contains { $0 != 0 } || squares[facts].contains { $0 != 0 }
            columns[2].count(run.measure)
            columns[2].count(run.length << 1 | (hasValues ? 1 : 0))
            columns[3].integer(Int64(months[place]))
            for fact in facts.dropFirst() { columns[3].natural(UInt64(Int64(months[fact]) - Int64(months[fact - 1]) - 1)) }
            for fact in facts { columns[4].integer(Int64(counts[fact])) }
            if hasValues {
                for fact in facts {
                    columns[5].integer(Int64(sums[fact]))
                    columns[5].integer(Int64(squares[fact]))
                }
            }
            place += run.length
        }
        var body = FactByteWriter()
        for count in [cadres.count, runs.count, self.count, measures.count] { body.count(count) }
        for measure in measures { body.text(measure) }
        for column in columns { body.count(column.bytes.count) }
        for column in columns { body.append(column.bytes) }
        let sum = body.bytes.withUnsafeBytes(checksum(of:))
        return [FactBlock.version] + (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) } + body.bytes
    }

    /// Fills the block with what stands in the bytes; its memory is used again.
    ///
    /// - Throws: Why they are no block; then the block holds nothing that may be used.
    mutating func decode(_ bytes: UnsafeRawBufferPointer) throws(FactByteReader.Fault) {
        removeAll()
        guard bytes.count > FactBlock.headLength else { throw .init(reason: "it ends too early") }
        guard bytes[0] == FactBlock.version else { throw .init(reason: "its format has version \(bytes[0]), this software reads \(FactBlock.version)") }
        let expected = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[1 + $1]) << (8 * UInt64($1)) }
        let body = UnsafeRawBufferPointer(rebasing: bytes[FactBlock.headLength...])
        guard checksum(of: body) == expected else { throw .init(reason: "its checksum does not agree with its bytes") }

        var reader = FactByteReader(body)
        let (cadreCount, runCount, factCount) = (try reader.count(), try reader.count(), try reader.count())
        for _ in 0..<(try reader.count()) { measures.append(try reader.text()) }
        var lengths: [Int] = []
        for _ in 0..<FactBlock.columnCount { lengths.append(try reader.count()) }
        try decodeCadres(try reader.part(lengths[0]), try reader.part(lengths[1]), cadres: cadreCount, runs: runCount)
        try decodeFacts(
            try reader.part(lengths[2]), try reader.part(lengths[3]), try reader.part(lengths[4]), try reader.part(lengths[5]), runs: runCount,
            facts: factCount)
        try reader.close()
    }

    private mutating func decodeCadres(
        _ names: FactByteReader, _ numbers: FactByteReader, cadres cadreCount: Int, runs runCount: Int
    ) throws(FactByteReader.Fault) {
        var (names, numbers) = (names, numbers)
        var left = runCount
        for _ in 0..<cadreCount {
            cadres.append(try names.text())
            let own = try numbers.natural()
            guard own > 0, own <= UInt64(left) else { throw .init(reason: "a cadre has no run, or more than there are") }
            runCounts.append(Int(own))
            left -= Int(own)
        }
        guard left == 0 else { throw .init(reason: "a run has no cadre") }
        try names.close()
        try numbers.close()
    }

    private mutating func decodeFacts(
        _ runColumn: FactByteReader, _ monthColumn: FactByteReader, _ countColumn: FactByteReader, _ valueColumn: FactByteReader, runs runCount: Int,
        facts factCount: Int
    ) throws(FactByteReader.Fault) {
        var (runColumn, monthColumn, countColumn, valueColumn) = (runColumn, monthColumn, countColumn, valueColumn)
        for _ in 0..<runCount {
            let (measure, marked) = (try runColumn.natural(), try runColumn.natural())
            guard measure < UInt64(measures.count) else { throw .init(reason: "a run has no measure") }
            guard marked > 1, marked >> 1 <= UInt64(factCount - months.count) else { throw .init(reason: "a run has no fact, or more than there are") }
            let length = Int(marked >> 1)
            runs.append(Run(measure: Int(measure), length: length))
            var month = try monthColumn.integer()
            for place in 0..<length {
                if place > 0 { month = month.addingReportingOverflow(Int64(clamping: try monthColumn.natural())).partialValue &+ 1 }
                guard let exact = Int32(exactly: month) else { throw .init(reason: "a month is none") }
                months.append(exact)
                counts.append(Int(try countColumn.integer()))
            }
            if marked & 1 == 1 {
                for _ in 0..<length {
                    sums.append(Int(try valueColumn.integer()))
                    squares.append(Int(try valueColumn.integer()))
                }
            } else {
                for _ in 0..<length {
                    sums.append(0)
                    squares.append(0)
                }
            }
        }
        guard months.count == factCount else { throw .init(reason: "a fact has no run") }
        for column in [runColumn, monthColumn, countColumn, valueColumn] { try column.close() }
    }
}
