import PipelineModel
import Warehouse

/// Writes the merged facts and the evidence, each with whoever held the post on the event date.
struct FactWriter {
    let sources: [IngestedSource]
    let resolver: TargetResolver

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
        try writeRatings(measures: measures, cadres: cadres, placeOfCadre, in: transaction)
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

    private func writeRatings(measures: [String], cadres: [String], _ placeOfCadre: [String: Int32], in transaction: Transaction) throws {
        let writers = sources.filter { !$0.partial.ratings.isEmpty }.sorted { $0.contract.name < $1.contract.name }.map { source in
            RatingWriter(source: source, cadres: cadres) { target in resolve(target, source.partial).flatMap { placeOfCadre[$0] } }
        }
        try transaction.replaceRatings { builder in
            for name in measures {
                for writer in writers {
                    guard let measure = writer.source.fold.measures.firstIndex(where: { $0.name == name }) else { continue }
                    try writer.write(measure: measure, to: &builder)
                }
            }
        }
    }

    private func writeEvidence(in transaction: Transaction) throws {
        try transaction.replaceEvidence { builder in
            for source in sources { try writeEvidence(of: source, to: &builder) }
        }
    }

    private func writeEvidence(of source: IngestedSource, to builder: inout EvidenceBuilder) throws {
        var known: [FactPartial.TargetDay: String?] = [:]
        let measures = source.fold.measures.map(\.name)
        let byName = measures.indices.sorted { measures[$0] < measures[$1] }
        var rank = [Int](repeating: 0, count: measures.count)
        for (place, measure) in byName.enumerated() { rank[measure] = place }
        for row in source.partial.evidence.inOrder {
            let isCadre = source.partial.targets.form(of: row.target) == .cadre
            let target = FactPartial.TargetDay(target: row.target, day: isCadre ? FactPartial.noDay : row.day)
            let cadre = known[target] ?? resolve(target, source.partial)
            known[target] = .some(cadre)
            guard let cadre else { continue }
            let record = EvidenceRecord(
                source: source.contract.name, role: source.contract.role, fileID: Int(row.position.file), line: Int(row.position.line),
                recordID: row.recordID, cadreID: cadre, eventDate: row.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: row.day),
                reform: row.reform)
            let increments = row.increments.sorted { rank[Int($0.measure)] < rank[Int($1.measure)] }.map { increment in
                EvidenceIncrement(
                    measure: measures[Int(increment.measure)], month: Month(index: increment.month), count: Int(increment.sums.count),
                    sum: Int(increment.sums.sum), sumOfSquares: Int(increment.sums.sumOfSquares))
            }
            try builder.add(record, increments)
        }
    }

    private func resolve(_ target: FactPartial.TargetDay, _ partial: FactPartial) -> String? {
        let day = target.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: target.day)
        guard case .cadre(let id) = resolver.resolve(partial.targets.keys[Int(target.target)], on: day) else { return nil }
        return id
    }
}
