import PipelineModel

/// Adverse rows of one file, in the order of their lines.
///
/// The content, in version 2 of the format: source, role and number of the file; numbers of rows and increments; the measures and the reforms, each its length
/// and its text; then the lengths of the columns, and the columns: steps from line to line · record numbers, each its length plus 1, or 0 for none, and its
/// bytes · cadre numbers, as texts · days, each 0 for none, or 1 and the step · reforms, as place plus 1, or 0 for none · increments of each row ·
/// increments: place of the measure, step of the month, and 0 for one without a value, else 1, count, sum and sum of squares.
struct EvidenceBlock: ColumnBlock, Equatable {
    struct Row: Equatable {
        var line: Int
        /// Where its record number ends among `texts`; it starts where the one before ends.
        var textEnd: Int
        var hasRecordID: Bool
        var cadre: String
        /// Day number.
        var day: Int32?
        /// Place in `reforms`.
        var reform: Int?
        /// At least 0.
        var increments: Int
    }

    struct Increment: Equatable {
        /// Place in `measures`.
        var measure: Int
        var month: Int32
        var count: Int
        var sum: Int
        var squares: Int

        var isPlain: Bool { count == 1 && sum == 0 && squares == 0 }
    }

    static let table = "evidence_blocks"
    static let version: UInt8 = 2
    /// Some 100 KB.
    static let size = 4_096
    private static let columnCount = 7

    var source = ""
    /// Of the source; of no meaning without rows.
    var role = SourceRole.petitions
    var fileID = 0
    var measures: [String] = []
    var reforms: [String] = []
    /// Ascending by line, or equal.
    var rows: [Row] = []
    /// Of each row by measure.
    var increments: [Increment] = []
    /// Record numbers, one behind the other.
    var texts: [UInt8] = []
    private(set) var cadreRange: ClosedRange<String>?

    var part: String { source }
    var count: Int { rows.count }

    mutating func removeAll() {
        (source, role, fileID, cadreRange) = ("", .petitions, 0, nil)
        measures.removeAll(keepingCapacity: true)
        reforms.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        increments.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }

    /// Adds a row, whose increments follow.
    mutating func append(_ row: Row) {
        rows.append(row)
        guard let range = cadreRange else { return cadreRange = row.cadre...row.cadre }
        if row.cadre < range.lowerBound { cadreRange = row.cadre...range.upperBound }
        if row.cadre > range.upperBound { cadreRange = range.lowerBound...row.cadre }
    }

    func write(to writer: inout BlockWriter) {
        writer.text(source)
        writer.text(role.rawValue)
        for number in [fileID, rows.count, increments.count] { writer.natural(UInt64(number)) }
        writer.count(measures.count)
        for measure in measures { writer.text(measure) }
        writer.count(reforms.count)
        for reform in reforms { writer.text(reform) }
        // Each by its own name: an array of them would be looked after at every number.
        var (lines, records, cadres, days) = (BlockWriter(), BlockWriter(), BlockWriter(), BlockWriter())
        var (reformColumn, numbers, added) = (BlockWriter(), BlockWriter(), BlockWriter())
        var (line, text, day, month, place) = (0, 0, Int64(0), Int64(0), 0)
        for row in rows {
            lines.count(row.line - line)
            records.count(row.hasRecordID ? row.textEnd - text + 1 : 0)
            records.append(texts[text..<row.textEnd])
            cadres.text(row.cadre)
            days.count(row.day == nil ? 0 : 1)
            if let known = row.day { days.integer(Int64(known) - day) }
            reformColumn.count(row.reform.map { $0 + 1 } ?? 0)
            numbers.count(row.increments)
            (line, text, day) = (row.line, row.textEnd, row.day.map(Int64.init) ?? day)
            for increment in increments[place..<(place + row.increments)] {
                added.count(increment.measure)
                added.integer(Int64(increment.month) - month)
                month = Int64(increment.month)
                added.count(increment.isPlain ? 0 : 1)
                if increment.isPlain { continue }
                added.integer(Int64(increment.count))
                added.integer(Int64(increment.sum))
                added.integer(Int64(increment.squares))
            }
            place += row.increments
        }
        writer.append([lines, records, cadres, days, reformColumn, numbers, added])
    }

    mutating func read(from reader: inout BlockReader) throws(BlockReader.Fault) {
        source = try reader.text()
        guard let known = SourceRole(rawValue: try reader.text()) else { throw .init(reason: "it has no role") }
        role = known
        guard let file = Int(exactly: try reader.natural()) else { throw .init(reason: "its file is none") }
        fileID = file
        let (rowCount, incrementCount) = (try reader.natural(), try reader.natural())
        for _ in 0..<(try reader.count()) { measures.append(try reader.text()) }
        for _ in 0..<(try reader.count()) { reforms.append(try reader.text()) }
        let columns = try reader.columns(EvidenceBlock.columnCount)
        var (lines, records, cadres, days) = (columns[0], columns[1], columns[2], columns[3])
        var (reformColumn, numbers, added) = (columns[4], columns[5], columns[6])
        var (line, day, month) = (Int64(0), Int64(0), Int64(0))
        // A row takes at least a byte of a column, so that a broken number of rows asks for no more memory than there are bytes.
        for _ in 0..<rowCount {
            line = line.addingReportingOverflow(Int64(clamping: try lines.natural())).partialValue
            guard line >= 0 else { throw .init(reason: "a line is none") }
            let length = try records.natural()
            if length > 0 { texts.append(contentsOf: try records.bytes(length - 1)) }
            let cadre = try cadres.text()
            let hasDay = try days.natural() > 0
            if hasDay { day = day.addingReportingOverflow(try days.integer()).partialValue }
            let reform = try reformColumn.natural()
            guard let exactDay = Int32(exactly: day), reform <= UInt64(reforms.count) else { throw .init(reason: "a day or a reform is none") }
            let own = try numbers.natural()
            append(
                Row(
                    line: Int(line), textEnd: texts.count, hasRecordID: length > 0, cadre: cadre, day: hasDay ? exactDay : nil,
                    reform: reform > 0 ? Int(reform) - 1 : nil, increments: try readIncrements(own, from: &added, month: &month)))
        }
        guard UInt64(increments.count) == incrementCount else { throw .init(reason: "an increment has no row") }
        for column in [lines, records, cadres, days, reformColumn, numbers, added] { try column.close() }
    }

    /// Reads the increments of one row; returns how many there are.
    private mutating func readIncrements(_ count: UInt64, from column: inout BlockReader, month: inout Int64) throws(BlockReader.Fault) -> Int {
        let before = increments.count
        for _ in 0..<count {
            let measure = try column.natural()
            guard measure < UInt64(measures.count) else { throw .init(reason: "an increment has no measure") }
            month = month.addingReportingOverflow(try column.integer()).partialValue
            guard let exact = Int32(exactly: month) else { throw .init(reason: "a month is none") }
            var increment = Increment(measure: Int(measure), month: exact, count: 1, sum: 0, squares: 0)
            if try column.natural() > 0 {
                (increment.count, increment.sum, increment.squares) = (Int(try column.integer()), Int(try column.integer()), Int(try column.integer()))
            }
            increments.append(increment)
        }
        return increments.count - before
    }
}
