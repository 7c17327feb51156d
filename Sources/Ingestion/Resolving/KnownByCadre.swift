/// What the rows of a source add to the facts of some neighbouring cadres who were known while they were read, cadre by cadre.
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

    /// A mark, with the rater's number.
    struct Mark: Sendable {
        let month: Int16
        let measure: Int16
        /// Counts from 1.
        let rater: Int32
        let value: Int32

        init(_ mark: RatingLog.Mark, rater: Int32) { (month, measure, self.rater, value) = (mark.month, mark.measure, rater, mark.value) }
        init(_ mark: SourceLogs.Mark, rater: Int32) { (month, measure, self.rater, value) = (mark.month, mark.measure, rater, mark.value) }
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

    let counts: Standing<Count>
    let values: Standing<Value>
    let marks: Standing<Mark>

    /// - Parameters:
    ///   - entries: Of the source.
    ///   - part: Of the cadres.
    ///   - raters: Of the marks.
    ///   - marksAlone: Whether nothing else is asked for.
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside.
    init(_ entries: KnownEntries, part: Int, raters: RaterNumbers, marksAlone: Bool = false) throws {
        let cadres = entries.isEmpty ? 0..<0 : entries.parts[part]
        func ordered<Entry, Own>(_ spilled: Spilled<Entry>, _ own: (Entry) -> (Int32, Own)) throws -> ByCadre<Own> {
            let entries = try spilled.entries(of: part)
            if entries.isEmpty { return .none }
            return ByCadre(cadres) { pass in
                entries.withUnsafeBufferPointer { entries in
                    for entry in entries {
                        let (cadre, entry) = own(entry)
                        pass(cadre, entry)
                    }
                }
            }
        }
        func standing<Entry, Own>(_ entries: KnownEntries.Standing<Entry>, _ own: (Entry) -> (Int32, Own)) throws -> Standing<Own> {
            Standing(added: try ordered(entries.added, own), takenBack: try ordered(entries.takenBack, own))
        }
        counts = marksAlone ? Standing(added: .none, takenBack: .none) : try standing(entries.counts) { ($0.cadre, Count($0)) }
        values = marksAlone ? Standing(added: .none, takenBack: .none) : try standing(entries.values) { ($0.cadre, Value($0)) }
        marks = try standing(entries.marks) { ($0.cadre, Mark($0, rater: raters[$0.rater])) }
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
