/// The adverse rows, packed: a million of them are kept, and each would otherwise own a string and an array.
///
/// As a sequence it gives them one by one, in the order in which they came.
struct EvidenceLog: Sendable {
    private struct Row: Sendable {
        var position: Position
        var target: Int32
        var day: Int32
        /// Where its record id, the reform after it, and its increments end; they start where those of the row before end.
        var recordEnd: Int
        var reformEnd: Int
        var incrementEnd: Int
    }

    private struct Increment: Sendable {
        let measure: Int32
        let month: Int32
        let value: Int32
    }

    private var rows: [Row] = []
    private var texts: [UInt8] = []
    private var increments: [Increment] = []

    var isEmpty: Bool { rows.isEmpty }
    var count: Int { rows.count }

    /// Adds a row whose increments follow by `add(_:)`.
    mutating func begin(_ position: Position, target: Int32, day: Int32, recordID: UnsafeBufferPointer<UInt8>, reform: UnsafeBufferPointer<UInt8>) {
        texts.append(contentsOf: recordID)
        let recordEnd = texts.count
        texts.append(contentsOf: reform)
        rows.append(
            Row(position: position, target: target, day: day, recordEnd: recordEnd, reformEnd: texts.count, incrementEnd: increments.count))
    }

    /// Adds what the last row added to a measure; a row adds one value, so that its square need not be kept.
    mutating func add(_ increment: FactPartial.Increment) {
        increments.append(Increment(measure: increment.measure, month: increment.month, value: Int32(increment.sums.sum)))
        rows[rows.count - 1].incrementEnd = increments.count
    }

    /// Adds another log, whose targets have other places and whose lines lie further down.
    mutating func merge(_ other: EvidenceLog, targets: [Int32], linesLater: Int32) {
        let (written, added) = (texts.count, increments.count)
        for var row in other.rows {
            row.position = row.position.later(lines: linesLater)
            if row.target >= 0 { row.target = targets[Int(row.target)] }
            row.recordEnd += written
            row.reformEnd += written
            row.incrementEnd += added
            rows.append(row)
        }
        texts += other.texts
        increments += other.increments
    }

    /// Changes whom each row is about.
    mutating func changeTargets(_ change: (_ target: Int32, _ day: Int32) -> Int32) {
        for index in rows.indices { rows[index].target = change(rows[index].target, rows[index].day) }
    }

    /// Whom each row is about, as it came.
    var targetDays: some Sequence<FactPartial.TargetDay> { rows.lazy.map { FactPartial.TargetDay(target: $0.target, day: $0.day) } }

    /// The places of the rows by position and day. Files are read in order, so that there is seldom anything to sort.
    var order: [Int] {
        var order = Array(rows.indices)
        func precedes(_ left: Int, _ right: Int) -> Bool { (rows[left].position, rows[left].day) < (rows[right].position, rows[right].day) }
        if zip(order, order.dropFirst()).contains(where: { precedes($1, $0) }) { order.sort(by: precedes) }
        return order
    }

    /// Forgets the rows at some positions.
    mutating func remove(at positions: Set<Position>) {
        guard rows.contains(where: { positions.contains($0.position) }) else { return }
        var kept = EvidenceLog()
        for (index, row) in rows.enumerated() where !positions.contains(row.position) {
            let (record, reform, added) = ranges(of: index)
            kept.texts += texts[record]
            let recordEnd = kept.texts.count
            kept.texts += texts[reform]
            kept.increments += increments[added]
            kept.rows.append(
                Row(
                    position: row.position, target: row.target, day: row.day, recordEnd: recordEnd, reformEnd: kept.texts.count,
                    incrementEnd: kept.increments.count))
        }
        self = kept
    }

    private func ranges(of index: Int) -> (record: Range<Int>, reform: Range<Int>, increments: Range<Int>) {
        let (text, added) = index == 0 ? (0, 0) : (rows[index - 1].reformEnd, rows[index - 1].incrementEnd)
        let row = rows[index]
        return (text..<row.recordEnd, row.recordEnd..<row.reformEnd, added..<row.incrementEnd)
    }
}

extension EvidenceLog {
    func store(in writer: inout PartWriter) {
        writer.put(rows)
        writer.put(texts)
        writer.put(increments)
    }

    /// - Parameter file: The number that the file of the rows has tonight.
    init(from reader: inout PartReader, file: Int32) throws(PartReader.Fault) {
        rows = try reader.entries(of: Row.self)
        texts = try reader.entries(of: UInt8.self)
        increments = try reader.entries(of: Increment.self)
        for index in rows.indices { rows[index].position = Position(file: file, line: rows[index].position.line) }
        guard (rows.last?.reformEnd ?? 0) == texts.count, (rows.last?.incrementEnd ?? 0) == increments.count else { throw PartReader.Fault() }
    }
}

extension EvidenceLog: Sequence {
    func makeIterator() -> AnyIterator<FactPartial.Evidence> {
        var left = rows.indices.makeIterator()
        return AnyIterator { left.next().map { row(at: $0) } }
    }

    /// Passes where the row at a place stands, its day, and its record id and reform, which are empty where it has none; no text is made of them.
    func withRow(
        at index: Int,
        _ body: (Position, _ day: Int32, _ recordID: UnsafeBufferPointer<UInt8>, _ reform: UnsafeBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        let (record, reform, _) = ranges(of: index)
        try texts.withUnsafeBufferPointer { texts in
            try body(rows[index].position, rows[index].day, UnsafeBufferPointer(rebasing: texts[record]), UnsafeBufferPointer(rebasing: texts[reform]))
        }
    }

    /// Passes what the row at a place added: one to the count of a measure in a month, and a value to its sum.
    func forEachIncrement(at index: Int, _ body: (_ measure: Int32, _ month: Int32, _ value: Int32) -> Void) {
        for increment in increments[ranges(of: index).increments] { body(increment.measure, increment.month, increment.value) }
    }

    /// The row at a place, counted from 0 in the order in which they came.
    func row(at index: Int) -> FactPartial.Evidence {
        let (record, reform, added) = ranges(of: index)
        let row = rows[index]
        func text(_ range: Range<Int>) -> String? { range.isEmpty ? nil : String(decoding: texts[range], as: UTF8.self) }
        return FactPartial.Evidence(
            position: row.position, recordID: text(record), reform: text(reform), target: row.target, day: row.day,
            increments: increments[added].map {
                let value = Int64($0.value)
                return FactPartial.Increment(measure: $0.measure, month: $0.month, sums: Sums(count: 1, sum: value, sumOfSquares: value * value))
            })
    }
}
