import PipelineModel
import Warehouse

/// Writes the merged facts and the evidence, each with whoever held the post on the event date.
struct FactWriter {
    private static let rowsAtOnce = 1_000

    let sources: [IngestedSource]
    private let resolver: TargetResolver

    init(sources: [IngestedSource], history: ServiceHistory) {
        self.sources = sources
        resolver = TargetResolver(history: history)
    }

    /// What one cell adds to a cadre's measure and month, both by their places in lists: millions of these must fit in memory.
    private struct Part {
        let cadre: Int32
        let measure: Int32
        let month: Int32
        let sums: Sums
    }

    /// Adds up what different targets of one cadre, and different sources of one measure, come to.
    func write(in transaction: Transaction) throws {
        let measures = Set(sources.flatMap { $0.fold.measures.map(\.name) }).sorted()
        let cadres = resolver.cadreIDs
        let placeOfMeasure = Dictionary(uniqueKeysWithValues: zip(measures, Int32(0)...))
        let placeOfCadre = Dictionary(uniqueKeysWithValues: zip(cadres, Int32(0)...))
        var parts: [Part] = []
        parts.reserveCapacity(sources.reduce(0) { $0 + $1.partial.cells.count })
        for source in sources {
            let own = source.fold.measures.map { placeOfMeasure[$0.name] ?? 0 }
            var places: [FactPartial.TargetDay: Int32?] = [:]
            for (cell, sums) in source.partial.cells {
                let target = FactPartial.TargetDay(target: cell.target, day: cell.day)
                let cadre = places[target] ?? resolve(target, source.partial).flatMap { placeOfCadre[$0] }
                places[target] = .some(cadre)
                guard let cadre else { continue }
                parts.append(Part(cadre: cadre, measure: own[Int(cell.measure)], month: cell.month, sums: sums))
            }
        }
        try transaction.replaceFacts { try write(parts, to: &$0, cadres: cadres, measures: measures) }
        try writeRatings(measures: measures, placeOfMeasure, in: transaction)
        try writeEvidence(in: transaction)
    }

    /// Writes the parts cadre by cadre, so that only those of one cadre are sorted at a time. Both lists are sorted, and places are in the order of
    /// what they stand for.
    private func write(_ parts: [Part], to facts: inout FactBuilder, cadres: [String], measures: [String]) throws {
        var starts = [Int](repeating: 0, count: cadres.count + 1)
        for part in parts { starts[Int(part.cadre) + 1] += 1 }
        for place in cadres.indices { starts[place + 1] += starts[place] }
        var order = [Int32](repeating: 0, count: parts.count)
        var next = starts
        for (index, part) in parts.enumerated() {
            order[next[Int(part.cadre)]] = Int32(index)
            next[Int(part.cadre)] += 1
        }
        for (place, cadreID) in cadres.enumerated() {
            let own = order[starts[place]..<starts[place + 1]].map { parts[Int($0)] }.sorted { ($0.measure, $0.month) < ($1.measure, $1.month) }
            var index = 0
            while index < own.count {
                let part = own[index]
                var sums = part.sums
                index += 1
                while index < own.count, own[index].measure == part.measure, own[index].month == part.month {
                    sums += own[index].sums
                    index += 1
                }
                try facts.add(
                    MonthlyFact(
                        cadreID: cadreID, measure: measures[Int(part.measure)], month: Month(index: part.month), count: Int(sums.count),
                        sum: Int(sums.sum), sumOfSquares: Int(sums.sumOfSquares)))
            }
        }
    }

    /// Raters are numbered by what they wrote, in order: the same on every run, and nothing of it is kept.
    private func writeRatings(measures: [String], _ placeOfMeasure: [String: Int32], in transaction: Transaction) throws {
        for source in sources where !source.partial.ratings.isEmpty {
            let raters = source.partial.raters.keys
            let order = raters.indices.sorted { raters[$0].bytes.lexicographicallyPrecedes(raters[$1].bytes) }
            var number = [Int](repeating: 0, count: raters.count)
            for (place, rater) in order.enumerated() { number[rater] = place + 1 }
            var known: [FactPartial.TargetDay: String?] = [:]
            var sums: [RatingKey: Sums] = [:]
            for (rating, given) in source.partial.ratings {
                let target = FactPartial.TargetDay(target: rating.cell.target, day: rating.cell.day)
                let cadre = known[target] ?? resolve(target, source.partial)
                known[target] = .some(cadre)
                guard let cadre else { continue }
                let measure = placeOfMeasure[source.fold.measures[Int(rating.cell.measure)].name] ?? 0
                sums[RatingKey(measure: measure, cadreID: cadre, month: rating.cell.month, rater: number[Int(rating.rater)]), default: Sums()] += given
            }
            let keys = sums.keys.sorted { ($0.measure, $0.cadreID, $0.month, $0.rater) < ($1.measure, $1.cadreID, $1.month, $1.rater) }
            try transaction.insert(
                keys.lazy.map { key in
                    let given = sums[key] ?? Sums()
                    return RatingCellRecord(
                        measure: measures[Int(key.measure)], source: source.contract.name, cadreID: key.cadreID, month: Month(index: key.month),
                        rater: key.rater, count: Int(given.count), sum: Int(given.sum), sumOfSquares: Int(given.sumOfSquares))
                })
        }
    }

    private struct RatingKey: Hashable {
        let measure: Int32
        let cadreID: String
        let month: Int32
        let rater: Int
    }

    private func writeEvidence(in transaction: Transaction) throws {
        var next = 1
        for source in sources {
            var known: [FactPartial.TargetDay: String?] = [:]
            var records: [EvidenceRecord] = []
            var increments: [EvidenceIncrement] = []
            func flush() throws {
                try transaction.insert(records)
                try transaction.insert(increments)
                records.removeAll(keepingCapacity: true)
                increments.removeAll(keepingCapacity: true)
            }
            for row in source.partial.evidence.sorted(by: { ($0.position, $0.day) < ($1.position, $1.day) }) {
                let isCadre = source.partial.targets.keys[Int(row.target)].form == .cadre
                let target = FactPartial.TargetDay(target: row.target, day: isCadre ? FactPartial.noDay : row.day)
                let cadre = known[target] ?? resolve(target, source.partial)
                known[target] = .some(cadre)
                guard let cadre else { continue }
                records.append(
                    EvidenceRecord(
                        evidenceID: next, source: source.contract.name, role: source.contract.role, fileID: Int(row.position.file),
                        line: Int(row.position.line), recordID: row.recordID, cadreID: cadre,
                        eventDate: row.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: row.day)))
                for increment in row.increments {
                    increments.append(
                        EvidenceIncrement(
                            evidenceID: next, measure: source.fold.measures[Int(increment.measure)].name, month: Month(index: increment.month),
                            count: Int(increment.sums.count), sum: Int(increment.sums.sum), sumOfSquares: Int(increment.sums.sumOfSquares)))
                }
                next += 1
                if records.count == FactWriter.rowsAtOnce { try flush() }
            }
            try flush()
        }
    }

    private func resolve(_ target: FactPartial.TargetDay, _ partial: FactPartial) -> String? {
        let day = target.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: target.day)
        guard case .cadre(let id) = resolver.resolve(partial.targets.keys[Int(target.target)], on: day) else { return nil }
        return id
    }
}
