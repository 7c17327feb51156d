import PipelineModel
import Warehouse

/// Whom the cells and the adverse rows of a source are about, as places among all cadres; below zero where that is nobody for certain.
struct SourceHolders: Sendable {
    /// By the lines of the source's cells.
    let ofLines: [Int32]
    /// By the pieces of its evidence, and each one's rows.
    let ofEvidence: [[Int32]]
    /// The lines of each cadre.
    let lines: LinesByCadre

    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside.
    init(_ partial: FactPartial, _ evidence: EvidenceSpill, resolver: TargetResolver) throws {
        var found: [Int32] = []
        var known = PlaceTable()
        /// Each target is looked up once; of a cadre's own number the day says nothing.
        func holder(_ target: Int32, _ day: Int32) -> Int32 {
            let day = partial.targets.form(of: target) == .cadre ? FactPartial.noDay : day
            let (place, isNew) = known.place(PlaceTable.Key(first: target, second: day, third: 0))
            if isNew { found.append(SourceHolders.look(partial.targets.keys[Int(target)], day, resolver)) }
            return found[place]
        }
        ofLines = (0..<partial.cells.lineCount).map { line in
            let target = partial.cells.targetDay(of: line)
            return holder(target.target, target.day)
        }
        ofEvidence = try evidence.rows.indices.map { piece in
            try evidence.piece(piece).part.rows.map { $0.target < 0 ? ~$0.target : holder($0.target, $0.day) }
        }
        lines = LinesByCadre(partial.cells, holders: ofLines, cadres: resolver.cadreIDs.count)
    }

    private static func look(_ key: TargetTable.Key, _ day: Int32, _ resolver: TargetResolver) -> Int32 {
        let date = day == FactPartial.noDay ? nil : CalendarDate(dayNumber: day)
        guard case .cadre(let id) = resolver.resolve(key, on: date) else { return -1 }
        return resolver.place(of: id) ?? -1
    }
}

/// The lines of a source's cells, cadre by cadre, and each cadre's by month.
struct LinesByCadre: Sendable {
    private var starts: [Int32]
    private var lines: [Int32]

    init(_ cells: CellTable, holders: [Int32], cadres: Int) {
        starts = [Int32](repeating: 0, count: cadres + 1)
        for holder in holders where holder >= 0 { starts[Int(holder) + 1] += 1 }
        for cadre in 0..<cadres { starts[cadre + 1] += starts[cadre] }
        lines = [Int32](repeating: 0, count: Int(starts[cadres]))
        var next = starts
        for (line, holder) in holders.enumerated() where holder >= 0 {
            lines[Int(next[Int(holder)])] = Int32(truncatingIfNeeded: line)
            next[Int(holder)] += 1
        }
        for cadre in 0..<cadres where starts[cadre + 1] - starts[cadre] > 1 {
            lines[Int(starts[cadre])..<Int(starts[cadre + 1])].sort { (cells.month(of: Int($0)), $0) < (cells.month(of: Int($1)), $1) }
        }
    }

    /// The lines of the cadre at a place.
    subscript(cadre: Int) -> ArraySlice<Int32> { lines[Int(starts[cadre])..<Int(starts[cadre + 1])] }
}
