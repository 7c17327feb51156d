/// Blocks read and not yet unpacked: as many as are worth handing to another thread at a time.
private struct PackedPiece: Sendable {
    static let size = 8

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
        let stream = OrderedStream<PackedPiece, Result<[Made], WarehouseError>>(threads: threads) { piece in
            Result { () throws(WarehouseError) in try piece.unpacked(of: cadres, make: make) }
        }
        func pass(_ piece: Result<[Made], WarehouseError>) throws { for made in try piece.get() { try body(made) } }
        var piece = PackedPiece()
        try forEachBlock(type, window: window, wanted: cadres) { place, bytes in
            piece.places.append(place)
            piece.contents.append(Array(bytes))
            guard piece.places.count == PackedPiece.size else { return }
            try stream.add(piece, pass)
            piece = PackedPiece()
        }
        if !piece.places.isEmpty { try stream.add(piece, pass) }
        try stream.finish(pass)
    }
}

extension PackedPiece {
    func unpacked<Stored: PackedRecord, Made>(
        of cadres: Set<String>?, make: (String, [Stored]) -> Made?
    ) throws(WarehouseError) -> [Made] {
        var reader = PackedReader(Stored.columns, table: Stored.table)
        var all: [Made] = []
        var own: [Stored] = []
        for index in places.indices {
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
