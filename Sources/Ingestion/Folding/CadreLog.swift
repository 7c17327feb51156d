/// What rows add to the facts of cadres who are known while the rows are read: as it came, and put in order by cadre once, when all are read.
///
/// A hundred thousand cadres and a dozen months make a table that no cache holds: adding each row up as it comes would wait for memory once for each of its measures.
/// Writing down a dozen bytes does not wait.
struct CadreLog: Sendable {
    /// The measures that a row counts in, in one month, without adding a value.
    struct Count: Sendable {
        /// Among all cadres.
        let cadre: Int32
        let month: Int16
        /// Measures are taken by 32: this is which 32.
        let bank: Int16
        /// A bit for each measure of the bank.
        var measures: UInt32
    }

    /// What a row adds to a measure of values, beside one to its count.
    struct Value: Sendable {
        let cadre: Int32
        let month: Int16
        let measure: Int16
        let value: Int64
    }

    /// What rows add, and what rows that do not stand had added before they were taken back.
    struct Entries: Sendable {
        var counts = EntryBlocks<Count>()
        var values = EntryBlocks<Value>()

        mutating func append(_ other: Entries) {
            counts.append(other.counts)
            values.append(other.values)
        }
    }

    private(set) var added = Entries()
    private(set) var takenBack = Entries()

    /// Whether nothing was ever added.
    var isEmpty: Bool { added.counts.isEmpty && added.values.isEmpty }

    /// Makes room for what will be added.
    mutating func reserve(counts: Int, values: Int) {
        added.counts.reserve(counts)
        added.values.reserve(values)
    }

    @inline(__always)
    mutating func add(_ count: Count) { added.counts.append(count) }

    @inline(__always)
    mutating func add(_ value: Value) { added.values.append(value) }

    mutating func merge(_ other: CadreLog) {
        added.append(other.added)
        takenBack.append(other.takenBack)
    }

    mutating func takeBack(_ other: CadreLog) {
        takenBack.append(other.added)
        added.append(other.takenBack)
    }
}

extension CadreLog.Count {
    static let measuresInBank = 32

    /// Passes the place among all measures of each whose bit is set in a bank.
    @inline(__always)
    static func forEachMeasure(_ bits: UInt32, of bank: Int16, _ body: (Int) -> Void) {
        var left = bits
        while left != 0 {
            body(Int(bank) * measuresInBank + left.trailingZeroBitCount)
            left &= left - 1
        }
    }
}
