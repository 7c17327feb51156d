/// Rows of neighbouring cadres, column by column: what millions of short rows are kept as.
///
/// Each column is of one kind and has an entry in every row. The rows of a cadre stand together.
struct PackedBlock: Equatable {
    /// What a column holds.
    enum Kind: UInt8, Sendable {
        /// Names that come again and again.
        case text
        case integer
        /// May be unknown.
        case real
    }

    /// One column; only what its kind needs is filled.
    struct Column: Equatable {
        let kind: Kind
        /// Numbers; of a text its place in `texts`.
        var integers: [Int] = []
        /// 0 where unknown.
        var reals: [Double] = []
        /// Of a real.
        var isKnown: [Bool] = []
        /// After the text at this place came last time the one at that: names mostly come in the same turn, row after row.
        fileprivate var followers: [Int] = []

        init(_ kind: Kind) { self.kind = kind }

        static func == (left: Column, right: Column) -> Bool {
            (left.kind, left.integers, left.isKnown) == (right.kind, right.integers, right.isKnown)
                && left.reals.elementsEqual(right.reals) { $0.bitPattern == $1.bitPattern }
        }

        mutating func removeAll() {
            integers.removeAll(keepingCapacity: true)
            reals.removeAll(keepingCapacity: true)
            isKnown.removeAll(keepingCapacity: true)
            followers.removeAll(keepingCapacity: true)
        }
    }

    /// Ascending.
    var cadres: [String] = []
    /// Of each cadre, at least one.
    var rowCounts: [Int] = []
    /// Each once.
    var texts: [String] = []
    var columns: [Column]
    /// Rows.
    var count = 0
    private var places: [String: Int] = [:]

    /// No rows.
    init(_ kinds: [Kind]) { columns = kinds.map { Column($0) } }

    static func == (left: PackedBlock, right: PackedBlock) -> Bool {
        (left.cadres, left.rowCounts, left.texts, left.columns, left.count) == (right.cadres, right.rowCounts, right.texts, right.columns, right.count)
    }

    /// Empties the block, and keeps its memory for the next one.
    mutating func removeAll() {
        cadres.removeAll(keepingCapacity: true)
        rowCounts.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        for index in columns.indices { columns[index].removeAll() }
        places.removeAll(keepingCapacity: true)
        count = 0
    }

    /// Begins a row; every column then gets its value.
    mutating func beginRow(of cadreID: String) {
        if cadres.last == cadreID {
            rowCounts[rowCounts.count - 1] += 1
        } else {
            cadres.append(cadreID)
            rowCounts.append(1)
        }
        count += 1
    }

    /// Adds the text of a row to a column.
    mutating func append(_ text: String, to column: Int) {
        let last = columns[column].integers.last
        if let last, columns[column].followers[last] >= 0, texts[columns[column].followers[last]].hasSameBytes(as: text) {
            columns[column].integers.append(columns[column].followers[last])
            return
        }
        var place = places[text]
        if place == nil {
            place = texts.count
            places[text] = place
            texts.append(text)
        }
        while columns[column].followers.count < texts.count { columns[column].followers.append(-1) }
        if let last, let place { columns[column].followers[last] = place }
        columns[column].integers.append(place ?? 0)
    }

    /// Adds the number of a row to a column; what is no number is unknown, as SQLite has it.
    mutating func append(_ real: Double?, to column: Int) {
        let known = real.flatMap { $0.isNaN ? nil : $0 }
        columns[column].reals.append(known ?? 0)
        columns[column].isKnown.append(known != nil)
    }
}

extension String {
    /// Whether another one is the same, byte by byte: `==` asks of every text that is not ASCII how its characters may be composed.
    fileprivate func hasSameBytes(as other: String) -> Bool {
        utf8.withContiguousStorageIfAvailable { own in
            other.utf8.withContiguousStorageIfAvailable { own.count == $0.count && own.elementsEqual($0) }
        }.flatMap { $0 } ?? (self == other)
    }
}
