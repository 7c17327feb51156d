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
        facts.withUnsafeBufferPointer { facts in
            var place = 0
            for run in runs {
                let own = place..<(place + run.length)
                var values = 0
                for fact in own { values |= facts[fact].sum | facts[fact].squares }
                runColumn.count(run.measure)
                runColumn.count(run.length << 1 | (values != 0 ? 1 : 0))
                monthColumn.integer(Int64(facts[place].month))
                for fact in own.dropFirst() { monthColumn.natural(UInt64(Int64(facts[fact].month) - Int64(facts[fact - 1].month) - 1)) }
                for fact in own { countColumn.integer(Int64(facts[fact].count)) }
                if values != 0 {
                    for fact in own {
                        valueColumn.integer(Int64(facts[fact].sum))
                        valueColumn.integer(Int64(facts[fact].squares))
                    }
                }
                place = own.upperBound
            }
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
        // Taken out of the block, whose runs could not be written to meanwhile.
        var facts = facts
        self.facts = []
        try facts.append(addingCapacity: factCount) { (facts) throws(BlockReader.Fault) in
            for _ in 0..<runCount {
                let (measure, marked) = (try runColumn.natural(), try runColumn.natural())
                guard measure < UInt64(measures.count) else { throw .init(reason: "a run has no measure") }
                guard marked > 1, marked >> 1 <= UInt64(facts.freeCapacity) else { throw .init(reason: "a run has no fact, or more than there are") }
                let (length, hasValues) = (Int(marked >> 1), marked & 1 == 1)
                runs.append(Run(measure: Int(measure), length: length))
                var month = try monthColumn.integer()
                for place in 0..<length {
                    if place > 0 { month = month.addingReportingOverflow(Int64(clamping: try monthColumn.natural())).partialValue &+ 1 }
                    guard let exact = Int32(exactly: month) else { throw .init(reason: "a month is none") }
                    var fact = Fact(month: exact, count: Int(try countColumn.integer()), sum: 0, squares: 0)
                    if hasValues { (fact.sum, fact.squares) = (Int(try valueColumn.integer()), Int(try valueColumn.integer())) }
                    facts.append(fact)
                }
            }
        }
        guard facts.count == factCount else { throw .init(reason: "a fact has no run") }
        self.facts = facts
        for column in [runColumn, monthColumn, countColumn, valueColumn] { try column.close() }
    }
}
