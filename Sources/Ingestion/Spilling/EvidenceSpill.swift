import Warehouse

/// The adverse rows of a source, put aside part by part until it is known whom all are about, in the order in which they stand in its files.
struct EvidenceSpill: Sendable {
    private enum Content: Sendable {
        case onDisk(place: Int, bytes: Int)
        case inMemory(EvidencePart)
    }

    private struct Piece: Sendable {
        let file: Int32
        let content: Content
    }

    private let spill: SpillFile
    private var pieces: [Piece] = []
    /// How many rows each piece was taken with.
    private(set) var rows: [Int] = []
    private var removed: Set<Position> = []

    static let none = EvidenceSpill(in: SpillFile(in: nil))

    init(in spill: SpillFile) { self.spill = spill }

    var isEmpty: Bool { pieces.isEmpty }

    /// Takes the rows of a log, which have their places and targets.
    mutating func take(_ log: EvidenceLog) {
        for part in log.parts {
            guard let first = part.rows.first else { continue }
            pieces.append(Piece(file: first.position.file, content: put(part)))
            rows.append(part.rows.count)
        }
    }

    private func put(_ part: EvidencePart) -> Content {
        var writer = PartWriter(expecting: part.bytes)
        part.store(in: &writer)
        return writer.bytes.withUnsafeBytes { bytes in spill.write(bytes).map { .onDisk(place: $0, bytes: bytes.count) } } ?? .inMemory(part)
    }

    /// Forgets the rows at some positions.
    mutating func remove(at positions: Set<Position>) { removed.formUnion(positions) }

    /// The rows of a piece that stand, and of each the place that it had among all of the piece.
    ///
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give them back.
    func piece(_ index: Int) throws -> (part: EvidencePart, standing: [Int]) {
        let part: EvidencePart
        switch pieces[index].content {
        case .inMemory(let own): part = own
        case .onDisk(let place, let bytes):
            let content = try [UInt8](unsafeUninitializedCapacity: bytes) { memory, count in
                try spill.read(into: UnsafeMutableRawBufferPointer(memory), at: place)
                count = bytes
            }
            let read = content.withUnsafeBytes { bytes in
                var reader = PartReader(bytes)
                return try? EvidencePart(from: &reader, file: pieces[index].file)
            }
            guard let read else { throw WarehouseError.cannotStore(reason: "what was put aside on the disk came back changed") }
            part = read
        }
        if removed.isEmpty { return (part, Array(part.rows.indices)) }
        return (part, part.rows.indices.filter { !removed.contains(part.rows[$0].position) })
    }
}
