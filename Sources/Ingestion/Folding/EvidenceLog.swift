/// Adverse rows of a part of a file, or of several: what a source has of them is put aside (`EvidenceSpill`) until it is known whom all are about.
///
/// They stay in the parts in which they came: one list of all would be copied whole each time it grows, and have room for half as many again.
/// As a sequence it gives them one by one, in the order in which they came.
struct EvidenceLog: Sendable {
    /// None is empty.
    private(set) var parts: [EvidencePart] = []
    /// Whether rows can be added to the last part.
    private var isOpen = false

    var isEmpty: Bool { parts.isEmpty }

    /// Adds a row whose increments follow by `add(_:)`.
    mutating func begin(_ position: Position, target: Int32, day: Int32, recordID: UnsafeBufferPointer<UInt8>, reform: UnsafeBufferPointer<UInt8>) {
        if !isOpen || parts[parts.count - 1].isFull { parts.append(EvidencePart()) }
        isOpen = true
        parts[parts.count - 1].begin(position, target: target, day: day, recordID: recordID, reform: reform)
    }

    /// Adds what the last row added to a measure; a row adds one value, so that its square need not be kept.
    mutating func add(_ increment: FactPartial.Increment) {
        parts[parts.count - 1].add(
            EvidencePart.Increment(measure: Int16(increment.measure), month: Int16(increment.month), value: Int32(increment.sums.sum)))
    }

    /// Adds another log, whose targets have other places and whose lines lie further down.
    mutating func merge(_ other: EvidenceLog, targets: [Int32], linesLater: Int32) {
        if other.isEmpty { return }
        for var part in other.parts {
            part.change { row in
                row.position = row.position.later(lines: linesLater)
                if row.target >= 0 { row.target = targets[Int(row.target)] }
            }
            parts.append(part)
        }
        isOpen = false
    }

    /// Ends the log: changes whom each row is about, and keeps no room for more.
    mutating func end(_ target: (_ target: Int32, _ day: Int32) -> Int32) {
        for part in parts.indices {
            parts[part].trim()
            parts[part].change { $0.target = target($0.target, $0.day) }
        }
        isOpen = false
    }

    /// Forgets the rows at some positions.
    mutating func remove(at positions: Set<Position>) {
        for part in parts.indices where parts[part].rows.contains(where: { positions.contains($0.position) }) { parts[part] = parts[part].without(positions) }
        parts.removeAll { $0.rows.isEmpty }
        isOpen = false
    }
}

extension EvidenceLog {
    func store(in writer: inout PartWriter) {
        writer.put(parts.count)
        for part in parts { part.store(in: &writer) }
    }

    /// - Parameter file: The number that the file of the rows has tonight.
    init(from reader: inout PartReader, file: Int32) throws(PartReader.Fault) {
        let count = try reader.number()
        guard count >= 0 else { throw PartReader.Fault() }
        for _ in 0..<count { parts.append(try EvidencePart(from: &reader, file: file)) }
        if parts.contains(where: { $0.rows.isEmpty }) { throw PartReader.Fault() }
    }
}

extension EvidenceLog: Sequence {
    func makeIterator() -> AnyIterator<FactPartial.Evidence> {
        AnyIterator(parts.lazy.flatMap { part in part.rows.indices.lazy.map { part.row(at: $0) } }.makeIterator())
    }
}

extension EvidencePart {
    fileprivate func row(at index: Int) -> FactPartial.Evidence {
        let row = rows[index]
        func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? { bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
        let (recordID, reform) = withTexts(of: index) { (text($0), text($1)) }
        return FactPartial.Evidence(
            position: row.position, recordID: recordID, reform: reform, target: row.target, day: row.day,
            increments: increments(of: index).map {
                let value = Int64($0.value)
                return FactPartial.Increment(measure: Int32($0.measure), month: Int32($0.month), sums: Sums(count: 1, sum: value, sumOfSquares: value * value))
            })
    }
}
