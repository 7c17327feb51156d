import PipelineModel
import Warehouse

/// Whom the targets of a source mean, as places among all cadres; each is looked up once.
final class TargetHolders {
    private let partial: FactPartial
    private let resolver: TargetResolver
    private var known = PlaceTable()
    private var found: [Int32] = []

    init(_ partial: FactPartial, resolver: TargetResolver) {
        (self.partial, self.resolver) = (partial, resolver)
    }

    /// The place of whoever a target means on a day; `nil` where that is nobody for certain. Of a cadre's own number the day says nothing.
    func holder(_ target: Int32, day: Int32) -> Int32? {
        let day = partial.targets.form(of: target) == .cadre ? FactPartial.noDay : day
        let (place, isNew) = known.place(PlaceTable.Key(first: target, second: day, third: 0))
        if isNew { found.append(look(target, day)) }
        return found[place] < 0 ? nil : found[place]
    }

    private func look(_ target: Int32, _ day: Int32) -> Int32 {
        let date = day == FactPartial.noDay ? nil : CalendarDate(dayNumber: day)
        guard case .cadre(let id) = resolver.resolve(partial.targets.keys[Int(target)], on: date) else { return -1 }
        return resolver.place(of: id) ?? -1
    }
}

/// The lines of a source's cells, cadre by cadre, and each cadre's by month.
struct LinesByCadre {
    private var starts: [Int32]
    private var lines: [Int32]

    init(_ cells: CellTable, _ holders: TargetHolders, cadres: Int) {
        starts = [Int32](repeating: 0, count: cadres + 1)
        var holderOfLine: [Int32] = []
        holderOfLine.reserveCapacity(cells.lineCount)
        for line in 0..<cells.lineCount {
            let target = cells.targetDay(of: line)
            let holder = holders.holder(target.target, day: target.day) ?? -1
            holderOfLine.append(holder)
            if holder >= 0 { starts[Int(holder) + 1] += 1 }
        }
        for cadre in 0..<cadres { starts[cadre + 1] += starts[cadre] }
        lines = [Int32](repeating: 0, count: Int(starts[cadres]))
        var next = starts
        for (line, holder) in holderOfLine.enumerated() where holder >= 0 {
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
