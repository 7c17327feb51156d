/// Blocks read and not yet unpacked: as many as are worth handing to another thread at a time.
private struct PackedBatch: Sendable {
    /// Some megabytes.
    static let size = 64
    /// Unpacked by one thread before another is asked.
    static let piece = 8

    var places: [PackedPlace] = []
    var contents: [[UInt8]] = []
}

extension Transaction {
    /// Makes something of the rows of each cadre on several threads, and passes it in the order of the cadres, while SQLite is read by this thread alone.
    ///
    /// - Parameters:
    ///   - cadres: Where given, only these.
    ///   - make: Gets a cadre's rows by indicator; where it makes nothing, nothing is passed.
    /// - Throws: What `body` throws; `WarehouseError.corrupt` where a block is not what was stored.
    public func forEachCadre<Stored: PackedRecord, Made: Sendable>(
        _ type: Stored.Type, of cadres: Set<String>? = nil, window: AppraisalWindow = .current, threads: Int,
        make: @escaping @Sendable (String, [Stored]) -> Made?, _ body: (Made) throws -> Void
    ) throws {
        typealias Work = SideWork<Result<[Made], WarehouseError>>
        var batch = PackedBatch()
        var unpacking: Work?
        func pass(_ work: Work?) throws {
            for piece in work?.results() ?? [] { for made in try piece.get() { try body(made) } }
        }
        /// Other threads unpack what was read while this one waits for the batch before, and then reads on.
        func unpack() throws {
            let full = batch
            batch = PackedBatch()
            let before = unpacking
            unpacking = Work((full.places.count + PackedBatch.piece - 1) / PackedBatch.piece, threads: threads) { piece in
                let range = piece * PackedBatch.piece..<min((piece + 1) * PackedBatch.piece, full.places.count)
                return Result { () throws(WarehouseError) in try full.unpacked(range, of: cadres, make: make) }
            }
            try pass(before)
        }
        try forEachBlock(type, window: window, wanted: cadres) { place, bytes in
            batch.places.append(place)
            batch.contents.append(Array(bytes))
            if batch.places.count >= PackedBatch.size { try unpack() }
        }
        try unpack()
        try pass(unpacking)
    }
}

extension PackedBatch {
    func unpacked<Stored: PackedRecord, Made>(
        _ range: Range<Int>, of cadres: Set<String>?, make: (String, [Stored]) -> Made?
    ) throws(WarehouseError) -> [Made] {
        var reader = PackedReader(Stored.columns, table: Stored.table)
        var all: [Made] = []
        var own: [Stored] = []
        for index in range {
            let window = places[index].window
            try contents[index].withUnsafeBytes { bytes in
                Result { () throws(WarehouseError) in try reader.open(bytes, at: places[index]) }
            }.get()
            try reader.forEachCadre(of: cadres) { cadre, rows, reader throws(WarehouseError) in
                own.removeAll(keepingCapacity: true)
                for row in rows {
                    reader.go(to: row)
                    own.append(try Stored(window: window, cadreID: cadre, from: &reader))
                }
                if let made = make(cadre, own) { all.append(made) }
            }
        }
        return all
    }
}
