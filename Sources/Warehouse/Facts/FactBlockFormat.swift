/// The content of a block, in version 2 of the format:
///
/// numbers of cadres, runs and facts; names of the measures, each its length and its text; then the lengths of the columns, and the columns:
/// cadre numbers, as texts · runs of each cadre · runs, as place of the measure and twice the length, plus 1 where it has values ·
/// months, of each run the first and then the steps less 1 · counts · sum and sum of squares of each fact of a run that has values.
///
/// All numbers take as many bytes as they need (`BlockWriter`); those that may be negative alternate in sign. A fact takes about three bytes.
extension FactBlock: ColumnBlock {
    static let table = "fact_blocks"
    static let version: UInt8 = 2
    /// Some 50 KB.
    static let size = 16_384
    private static let columnCount = 6

    var part: String { "" }
    var cadreRange: ClosedRange<String>? {
        guard let first = cadres.first, let last = cadres.last, first <= last else { return nil }
        return first...last
    }

    func write(to body: inout BlockWriter) {
        // Each by its own name: an array of them would be looked after at every number.
        var (names, runNumbers, runColumn) = (BlockWriter(), BlockWriter(), BlockWriter())
        var (monthColumn, countColumn, valueColumn) = (BlockWriter(), BlockWriter(), BlockWriter())
        for (cadre, runCount) in zip(cadres, runCounts) {
            names.text(cadre)
            runNumbers.count(runCount)
        }
        var place = 0
        for run in runs {
            let facts = place..<(place + run.length)
            var values = 0
            for fact in facts { values |= sums[fact] | squares[fact] }
            runColumn.count(run.measure)
            runColumn.count(run.length << 1 | (values != 0 ? 1 : 0))
            monthColumn.integer(Int64(months[place]))
            for fact in facts.dropFirst() { monthColumn.natural(UInt64(Int64(months[fact]) - Int64(months[fact - 1]) - 1)) }
            for fact in facts { countColumn.integer(Int64(counts[fact])) }
            if values != 0 {
                for fact in facts {
                    valueColumn.integer(Int64(sums[fact]))
                    valueColumn.integer(Int64(squares[fact]))
                }
            }
            place += run.length
        }
        for count in [cadres.count, runs.count, self.count, measures.count] { body.count(count) }
        for measure in measures { body.text(measure) }
        body.append([names, runNumbers, runColumn, monthColumn, countColumn, valueColumn])
    }

    mutating func read(from reader: inout BlockReader) throws(BlockReader.Fault) {
        let (cadreCount, runCount, factCount) = (try reader.count(), try reader.count(), try reader.count())
        for _ in 0..<(try reader.count()) { measures.append(try reader.text()) }
        let columns = try reader.columns(FactBlock.columnCount)
        try decodeCadres(columns[0], columns[1], cadres: cadreCount, runs: runCount)
        try decodeFacts(columns[2], columns[3], columns[4], columns[5], runs: runCount, facts: factCount)
    }

    private mutating func decodeCadres(
        _ names: BlockReader, _ numbers: BlockReader, cadres cadreCount: Int, runs runCount: Int
    ) throws(BlockReader.Fault) {
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
        _ runColumn: BlockReader, _ monthColumn: BlockReader, _ countColumn: BlockReader, _ valueColumn: BlockReader, runs runCount: Int,
        facts factCount: Int
    ) throws(BlockReader.Fault) {
        var (runColumn, monthColumn, countColumn, valueColumn) = (runColumn, monthColumn, countColumn, valueColumn)
        // A fact takes at least a byte of the months, so that a broken number of facts asks for no more memory than there are bytes.
        guard factCount <= monthColumn.remaining else { throw .init(reason: "a fact has no month") }
        runs.reserveCapacity(runCount)
        // Taken out of the block, which could not be written to while spans of them are; and spans, because an array asks at every write whether it is alone.
        var (months, counts, sums, squares) = (months, counts, sums, squares)
        (self.months, self.counts, self.sums, self.squares) = ([], [], [], [])
        months.append(contentsOf: repeatElement(0, count: factCount))
        counts.append(contentsOf: repeatElement(0, count: factCount))
        sums.append(contentsOf: repeatElement(0, count: factCount))
        squares.append(contentsOf: repeatElement(0, count: factCount))
        var monthSpan = months.mutableSpan
        var countSpan = counts.mutableSpan
        var sumSpan = sums.mutableSpan
        var squareSpan = squares.mutableSpan
        var fact = 0
        for _ in 0..<runCount {
            let (measure, marked) = (try runColumn.natural(), try runColumn.natural())
            guard measure < UInt64(measures.count) else { throw .init(reason: "a run has no measure") }
            guard marked > 1, marked >> 1 <= UInt64(factCount - fact) else { throw .init(reason: "a run has no fact, or more than there are") }
            let facts = fact..<(fact + Int(marked >> 1))
            fact = facts.upperBound
            runs.append(Run(measure: Int(measure), length: facts.count))
            var month = try monthColumn.integer()
            for place in facts {
                if place > facts.lowerBound { month = month.addingReportingOverflow(Int64(clamping: try monthColumn.natural())).partialValue &+ 1 }
                guard let exact = Int32(exactly: month) else { throw .init(reason: "a month is none") }
                monthSpan[place] = exact
                countSpan[place] = Int(try countColumn.integer())
            }
            // Else they are 0.
            if marked & 1 == 1 {
                for place in facts {
                    sumSpan[place] = Int(try valueColumn.integer())
                    squareSpan[place] = Int(try valueColumn.integer())
                }
            }
        }
        guard fact == factCount else { throw .init(reason: "a fact has no run") }
        (self.months, self.counts, self.sums, self.squares) = (months, counts, sums, squares)
        for column in [runColumn, monthColumn, countColumn, valueColumn] { try column.close() }
    }
}
