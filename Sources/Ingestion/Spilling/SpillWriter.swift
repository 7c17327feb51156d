/// Takes entries one by one and keeps them in parts that are read back one at a time, each in the order in which its entries came: what a part has is together on the disk
/// in pieces, and only one piece of each part is in memory.
///
/// A class, because what an entry touches lies behind a `let` pointer, whose uses nobody checks for overlapping.
final class SpillWriter<Entry: BitwiseCopyable & Sendable> {
    /// The piece of a part that is being filled.
    private struct Open {
        var entries: UnsafeMutablePointer<Entry>?
        var count: Int
    }

    private let file: SpillFile
    private let capacity: Int
    private let open: UnsafeMutableBufferPointer<Open>
    private var pieces: [[Spilled<Entry>.Piece]]
    private(set) var isEmpty = true

    /// - Parameter parts: How many.
    init(parts: Int, in file: SpillFile) {
        self.file = file
        capacity = max(1, file.bytesInPiece / MemoryLayout<Entry>.stride)
        open = .allocate(capacity: parts)
        // As if it were full: the first entry makes room.
        open.initialize(repeating: Open(entries: nil, count: capacity))
        pieces = Array(repeating: [], count: parts)
    }

    deinit {
        for part in open { part.entries?.deallocate() }
        open.deallocate()
    }

    @inline(__always)
    func append(_ entry: Entry, to part: Int) {
        if open[part].count == capacity { makeRoom(in: part) }
        open[part].entries.unsafelyUnwrapped[open[part].count] = entry
        open[part].count += 1
    }

    @inline(never)
    private func makeRoom(in part: Int) {
        isEmpty = false
        if let entries = open[part].entries {
            close(UnsafeBufferPointer(start: entries, count: capacity), of: part)
        } else {
            open[part].entries = .allocate(capacity: capacity)
        }
        open[part].count = 0
    }

    private func close(_ entries: UnsafeBufferPointer<Entry>, of part: Int) {
        if let place = file.write(UnsafeRawBufferPointer(entries)) {
            pieces[part].append(.onDisk(place: place, count: entries.count))
        } else {
            pieces[part].append(.inMemory(Array(entries)))
        }
    }

    /// What was taken; nothing is taken afterwards.
    func end() -> Spilled<Entry> {
        for part in open.indices {
            guard let entries = open[part].entries else { continue }
            close(UnsafeBufferPointer(start: entries, count: open[part].count), of: part)
            entries.deallocate()
            open[part] = Open(entries: nil, count: capacity)
        }
        defer { pieces = Array(repeating: [], count: open.count) }
        return Spilled(file: file, pieces: isEmpty ? [] : pieces)
    }
}

/// Entries in parts, to be read by any thread.
struct Spilled<Entry: BitwiseCopyable & Sendable>: Sendable {
    fileprivate enum Piece: Sendable {
        case onDisk(place: Int, count: Int)
        case inMemory([Entry])

        var count: Int {
            switch self {
            case .onDisk(_, let count): count
            case .inMemory(let entries): entries.count
            }
        }
    }

    private let file: SpillFile
    /// By part; empty where there is no entry at all.
    private let pieces: [[Piece]]

    fileprivate init(file: SpillFile, pieces: [[Piece]]) { (self.file, self.pieces) = (file, pieces) }

    /// Nothing, of any number of parts.
    static var none: Spilled { Spilled(file: SpillFile(in: nil), pieces: []) }

    var isEmpty: Bool { pieces.isEmpty }

    /// The entries of a part, in the order in which they came.
    ///
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give them back.
    func entries(of part: Int) throws -> [Entry] {
        if isEmpty { return [] }
        let pieces = pieces[part]
        return try [Entry](unsafeUninitializedCapacity: pieces.reduce(0) { $0 + $1.count }) { memory, count in
            for piece in pieces {
                let room = memory[count..<count + piece.count]
                switch piece {
                case .onDisk(let place, _): try file.read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: room)), at: place)
                case .inMemory(let entries): _ = UnsafeMutableBufferPointer(rebasing: room).initialize(fromContentsOf: entries)
                }
                count += piece.count
            }
        }
    }
}
