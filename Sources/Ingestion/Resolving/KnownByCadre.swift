/// What the rows of a source add to the facts of cadres who were known while they were read, cadre by cadre.
///
/// It takes the place of the logs, so that of tens of millions of entries there are two lists for no longer than it takes to put them in order.
///
/// A class, because a copy would count references to all it holds.
final class KnownByCadre: Sendable {
    /// Entries of rows that were read, and of those among them that do not stand.
    struct Standing<Entry: Sendable>: Sendable {
        let added: ByCadre<Entry>
        let takenBack: ByCadre<Entry>
    }

    /// As in `CadreLog`, without the cadre.
    struct Count: Sendable {
        let month: Int16
        private let bank: Int16
        private let measures: UInt32

        init(_ count: CadreLog.Count) { (month, bank, measures) = (count.month, count.bank, count.measures) }

        /// Passes each measure that is counted.
        @inline(__always)
        func forEachMeasure(_ body: (Int) -> Void) {
            var left = measures
            while left != 0 {
                body(Int(bank) * CadreLog.Count.measuresInBank + left.trailingZeroBitCount)
                left &= left - 1
            }
        }
    }

    /// As in `RatingLog`, with the rater's number in place of what is written.
    struct Mark: Sendable {
        let month: Int16
        let measure: Int16
        /// Counts from 1.
        let rater: Int32
        let value: Int32

        init(_ mark: RatingLog.Mark, rater: Int32) { (month, measure, self.rater, value) = (mark.month, mark.measure, rater, mark.value) }
    }

    /// As in `CadreLog`, without the cadre: in halves, so that it takes twelve bytes.
    struct Value: Sendable {
        let month: Int16
        let measure: Int16
        private let low: UInt32
        private let high: Int32

        init(_ entry: CadreLog.Value) {
            (month, measure) = (entry.month, entry.measure)
            (low, high) = (UInt32(truncatingIfNeeded: entry.value), Int32(truncatingIfNeeded: entry.value >> 32))
        }

        var value: Int64 { Int64(high) << 32 | Int64(low) }
    }

    static let nothing = KnownByCadre(CadreLog(), RatingLog(), .none, cadres: 0)

    let counts: Standing<Count>
    let values: Standing<Value>
    let marks: Standing<Mark>

    /// - Parameters:
    ///   - cadres: How many there are.
    ///   - numbers: Of the raters of the marks.
    init(_ log: CadreLog, _ marks: RatingLog, _ numbers: RaterNumbers, cadres: Int) {
        func ordered<Entry, Own>(_ entries: EntryBlocks<Entry>, _ own: (Entry, _ memory: Int) -> (Int32, Own)) -> ByCadre<Own> {
            if entries.isEmpty { return ByCadre(cadres: 0) { _ in } }
            return ByCadre(cadres: cadres) { pass in
                entries.forEach { entry, memory in
                    let (cadre, entry) = own(entry, memory)
                    pass(cadre, entry)
                }
            }
        }
        func counts(_ entries: EntryBlocks<CadreLog.Count>) -> ByCadre<Count> { ordered(entries) { entry, _ in (entry.cadre, Count(entry)) } }
        func values(_ entries: EntryBlocks<CadreLog.Value>) -> ByCadre<Value> { ordered(entries) { entry, _ in (entry.cadre, Value(entry)) } }
        func given(_ entries: EntryBlocks<RatingLog.Mark>) -> ByCadre<Mark> {
            ordered(entries) { mark, memory in (mark.knownCadre ?? -1, Mark(mark, rater: numbers[mark.rater, memory: memory])) }
        }
        self.counts = Standing(added: counts(log.added.counts), takenBack: counts(log.takenBack.counts))
        self.values = Standing(added: values(log.added.values), takenBack: values(log.takenBack.values))
        self.marks = Standing(added: given(marks.added), takenBack: given(marks.takenBack))
    }

    /// Adds what the cadre at a place comes to.
    ///
    /// - Parameter rank: The column of each of the source's measures among the sums.
    func add(_ cadre: Int, to sums: inout MonthlySums, rank: [Int]) {
        add(counts.added[cadre], 1, to: &sums, rank)
        add(counts.takenBack[cadre], -1, to: &sums, rank)
        add(values.added[cadre], 1, to: &sums, rank)
        add(values.takenBack[cadre], -1, to: &sums, rank)
        add(marks.added[cadre], 1, to: &sums, rank)
        add(marks.takenBack[cadre], -1, to: &sums, rank)
    }

    private func add(_ counts: ArraySlice<Count>, _ sign: Int64, to sums: inout MonthlySums, _ rank: [Int]) {
        for count in counts {
            let row = sums.row(of: Int32(count.month))
            count.forEachMeasure { sums.add(Sums(count: sign), row, rank[$0]) }
        }
    }

    private func add(_ values: ArraySlice<Value>, _ sign: Int64, to sums: inout MonthlySums, _ rank: [Int]) {
        for entry in values { sums.add(Sums(of: entry.value, times: sign), sums.row(of: Int32(entry.month)), rank[Int(entry.measure)]) }
    }

    private func add(_ marks: ArraySlice<Mark>, _ sign: Int64, to sums: inout MonthlySums, _ rank: [Int]) {
        for mark in marks { sums.add(Sums(of: Int64(mark.value), times: sign), sums.row(of: Int32(mark.month)), rank[Int(mark.measure)]) }
    }
}
