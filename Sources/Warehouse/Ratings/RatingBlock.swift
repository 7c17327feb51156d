/// Ratings of neighbouring cadres, of one measure and source, in the order of cadre, month and rater.
///
/// The content, in version 2 of the format: source and measure; numbers of cadres and ratings; then the lengths of the columns, and the columns:
/// cadre numbers, as texts · ratings of each cadre · months, of each cadre the first and then the steps · raters · 0 and the sum for a
/// single mark, whose square need not be told, else 1, the sum, the number of marks and their sum of squares. A usual rating takes seven bytes.
package struct RatingBlock: ColumnBlock, Equatable {
    /// What a rater gave in a month.
    package struct Entry: Equatable, Sendable {
        package var month: Int32
        package var rater: Int
        package var count: Int
        package var sum: Int
        package var squares: Int
    }

    static let table = "rating_blocks"
    static let version: UInt8 = 2
    /// Some 100 KB.
    static let size = 16_384
    private static let columnCount = 5

    package internal(set) var measure = ""
    package internal(set) var source = ""
    /// Ascending.
    package internal(set) var cadres: [String] = []
    /// Of each cadre, at least one.
    package internal(set) var lengths: [Int] = []
    /// By cadre, month and rater.
    package internal(set) var entries: [Entry] = []

    var part: String { measure }
    var count: Int { entries.count }
    var cadreRange: ClosedRange<String>? {
        guard let first = cadres.first, let last = cadres.last, first <= last else { return nil }
        return first...last
    }

    mutating func removeAll() {
        (measure, source) = ("", "")
        cadres.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    func write(to writer: inout BlockWriter) {
        writer.text(source)
        writer.text(measure)
        writer.count(cadres.count)
        writer.count(count)
        var (names, numbers, months, raters, marks) = (BlockWriter(), BlockWriter(), BlockWriter(), BlockWriter(), BlockWriter())
        var place = 0
        for (cadre, length) in zip(cadres, lengths) {
            names.text(cadre)
            numbers.count(length)
            var month: Int64 = 0
            for entry in entries[place..<(place + length)] {
                months.integer(Int64(entry.month) - month)
                month = Int64(entry.month)
                raters.integer(Int64(entry.rater))
                let isToldBySum = entry.squares == RatingBlock.square(of: entry)
                marks.natural(isToldBySum ? 0 : 1)
                marks.integer(Int64(entry.sum))
                if !isToldBySum {
                    marks.integer(Int64(entry.count))
                    marks.integer(Int64(entry.squares))
                }
            }
            place += length
        }
        writer.append([names, numbers, months, raters, marks])
    }

    /// The sum of squares of an entry that is a single mark; `nil` for others.
    private static func square(of entry: Entry) -> Int? {
        let (square, isTooLarge) = entry.sum.multipliedReportingOverflow(by: entry.sum)
        return entry.count == 1 && !isTooLarge ? square : nil
    }

    mutating func read(from reader: inout BlockReader) throws(BlockReader.Fault) {
        source = try reader.text()
        measure = try reader.text()
        let (cadreCount, entryCount) = (try reader.count(), try reader.count())
        let columns = try reader.columns(RatingBlock.columnCount)
        var (names, numbers, months, raters, marks) = (columns[0], columns[1], columns[2], columns[3], columns[4])
        // A rating takes at least a byte of the months, so that a broken number of ratings asks for no more memory than there are bytes.
        guard entryCount <= months.remaining else { throw .init(reason: "a rating has no month") }
        // Taken out of the block, whose other columns could not be written to meanwhile.
        var entries = entries
        self.entries = []
        try entries.append(addingCapacity: entryCount) { (entries) throws(BlockReader.Fault) in
            for _ in 0..<cadreCount {
                cadres.append(try names.text())
                let length = try numbers.natural()
                guard length > 0, length <= UInt64(entries.freeCapacity) else { throw .init(reason: "a cadre has no rating, or more than there are") }
                lengths.append(Int(length))
                var month: Int64 = 0
                for _ in 0..<length {
                    month = month.addingReportingOverflow(try months.integer()).partialValue
                    guard let exact = Int32(exactly: month) else { throw .init(reason: "a month is none") }
                    let isToldBySum = try marks.natural() == 0
                    var entry = Entry(month: exact, rater: Int(try raters.integer()), count: 1, sum: Int(try marks.integer()), squares: 0)
                    if isToldBySum {
                        guard let square = RatingBlock.square(of: entry) else { throw .init(reason: "a rating lacks its sum of squares") }
                        entry.squares = square
                    } else {
                        (entry.count, entry.squares) = (Int(try marks.integer()), Int(try marks.integer()))
                    }
                    entries.append(entry)
                }
            }
        }
        guard entries.count == entryCount else { throw .init(reason: "a rating has no cadre") }
        self.entries = entries
        for column in [names, numbers, months, raters, marks] { try column.close() }
    }
}
