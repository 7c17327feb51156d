/// Adverse rows of one part of a file, packed: each would otherwise own a string and an array.
struct EvidencePart: Sendable {
    struct Row: Sendable {
        var position: Position
        var target: Int32
        var day: Int32
        /// Where its record id, the reform after it, and its increments end; they start where those of the row before end.
        let recordEnd: UInt32
        let reformEnd: UInt32
        fileprivate(set) var incrementEnd: UInt32
    }

    /// What a row added to a measure: one to the count of it in a month, and a value to its sum.
    struct Increment: Sendable {
        let measure: Int16
        let month: Int16
        let value: Int32
    }

    /// Bytes of texts from which on it is full: their places are kept in four bytes.
    private static let size = 1 << 24

    private(set) var rows: [Row] = []
    private var texts: [UInt8] = []
    private var increments: [Increment] = []

    /// About as many as it takes when it is stored.
    var bytes: Int { rows.count * MemoryLayout<Row>.stride + texts.count + increments.count * MemoryLayout<Increment>.stride + 24 }
    var isFull: Bool { texts.count >= EvidencePart.size }

    /// Adds a row whose increments follow by `add(_:)`.
    mutating func begin(_ position: Position, target: Int32, day: Int32, recordID: UnsafeBufferPointer<UInt8>, reform: UnsafeBufferPointer<UInt8>) {
        texts.append(contentsOf: recordID)
        let recordEnd = UInt32(texts.count)
        texts.append(contentsOf: reform)
        rows.append(
            Row(
                position: position, target: target, day: day, recordEnd: recordEnd, reformEnd: UInt32(texts.count), incrementEnd: UInt32(increments.count)))
    }

    /// Adds to the last row.
    mutating func add(_ increment: Increment) {
        increments.append(increment)
        rows[rows.count - 1].incrementEnd = UInt32(increments.count)
    }

    /// Gives back the room for more rows, which would be kept as long as they are.
    mutating func trim() {
        rows.trim()
        texts.trim()
        increments.trim()
    }

    /// Changes where rows stand and whom they are about.
    mutating func change(_ body: (inout Row) -> Void) {
        for index in rows.indices { body(&rows[index]) }
    }

    /// The rows that do not stand at some positions.
    func without(_ positions: Set<Position>) -> EvidencePart {
        var kept = EvidencePart()
        for (index, row) in rows.enumerated() where !positions.contains(row.position) {
            withTexts(of: index) { kept.begin(row.position, target: row.target, day: row.day, recordID: $0, reform: $1) }
            for increment in increments(of: index) { kept.add(increment) }
        }
        return kept
    }

    /// Passes the record id and the reform of a row, which are empty where it has none; no text is made of them.
    func withTexts<Result>(
        of index: Int, _ body: (_ recordID: UnsafeBufferPointer<UInt8>, _ reform: UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let (start, recordEnd, end) = (index == 0 ? 0 : Int(rows[index - 1].reformEnd), Int(rows[index].recordEnd), Int(rows[index].reformEnd))
        return try texts.withUnsafeBufferPointer { texts in
            try body(UnsafeBufferPointer(rebasing: texts[start..<recordEnd]), UnsafeBufferPointer(rebasing: texts[recordEnd..<end]))
        }
    }

    func increments(of index: Int) -> ArraySlice<Increment> {
        increments[(index == 0 ? 0 : Int(rows[index - 1].incrementEnd))..<Int(rows[index].incrementEnd)]
    }
}

extension EvidencePart {
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
        change { $0.position = Position(file: file, line: $0.position.line) }
        guard (rows.last?.reformEnd ?? 0) == texts.count, (rows.last?.incrementEnd ?? 0) == increments.count else { throw PartReader.Fault() }
    }
}
