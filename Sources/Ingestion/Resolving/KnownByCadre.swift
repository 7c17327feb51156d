/// What the rows of a source add to the facts of some neighbouring cadres who were known while they were read, cadre by cadre.
///
/// A class, because a copy would count references to all it holds.
final class KnownByCadre: Sendable {
    /// Entries of rows that were read, and of those among them that do not stand.
    struct Standing<Entry: Sendable>: Sendable {
        let added: ByCadre<Entry>
        let takenBack: ByCadre<Entry>

        /// Passes the entries of the cadre at a place: 1 with what was added, and -1 with what was taken back.
        @inline(__always)
        func forEach(of cadre: Int, _ body: (Entry, _ sign: Int64) -> Void) {
            added.forEach(of: cadre) { body($0, 1) }
            takenBack.forEach(of: cadre) { body($0, -1) }
        }
    }

    /// As in `CadreLog`, without the cadre.
    struct Count: Sendable {
        let month: Int16
        private let bank: Int16
        private let measures: UInt32

        init(_ count: CadreLog.Count) { (month, bank, measures) = (count.month, count.bank, count.measures) }

        /// Passes each measure that is counted.
        @inline(__always)
        func forEachMeasure(_ body: (Int) -> Void) { CadreLog.Count.forEachMeasure(measures, of: bank, body) }
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
        @inline(__always) func ordered<Entry, Own>(_ spilled: Spilled<Entry>, _ own: (Entry) -> (Int32, Own)) throws -> ByCadre<Own> {
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
        @inline(__always) func standing<Entry, Own>(_ entries: KnownEntries.Standing<Entry>, _ own: (Entry) -> (Int32, Own)) throws -> Standing<Own> {
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
        rank.withUnsafeBufferPointer { rank in
            counts.forEach(of: cadre) { entry, sign in
                let row = sums.row(of: Int32(entry.month))
                entry.forEachMeasure { sums.add(count: sign, row, rank[$0]) }
            }
            values.forEach(of: cadre) { entry, sign in
                sums.add(Sums(of: entry.value, times: sign), sums.row(of: Int32(entry.month)), rank[Int(entry.measure)])
            }
            marks.forEach(of: cadre) { mark, sign in
                sums.add(Sums(of: Int64(mark.value), times: sign), sums.row(of: Int32(mark.month)), rank[Int(mark.measure)])
            }
        }
    }
}
