import PipelineModel
import Warehouse

/// Writes the merged facts and the evidence, each with whoever held the post on the event date.
struct FactWriter {
    let sources: [IngestedSource]
    private let resolver: TargetResolver

    init(sources: [IngestedSource], history: ServiceHistory) {
        self.sources = sources
        resolver = TargetResolver(history: history)
    }

    private struct FactKey: Hashable {
        let cadreID: String
        let measure: String
        let month: Int32
    }

    /// Adds up what different targets of one cadre, and different sources of one measure, come to.
    func write(in transaction: Transaction) throws {
        var facts: [FactKey: Sums] = [:]
        for source in sources {
            var outcomes: [FactPartial.TargetDay: TargetResolver.Outcome] = [:]
            for (cell, sums) in source.partial.cells {
                let target = FactPartial.TargetDay(target: cell.target, day: cell.day)
                guard case .cadre(let id) = resolve(target, source.partial, &outcomes) else { continue }
                facts[FactKey(cadreID: id, measure: source.fold.measures[Int(cell.measure)].name, month: cell.month), default: Sums()] += sums
            }
        }
        let records = facts.map { key, sums in
            MonthlyFact(
                cadreID: key.cadreID, measure: key.measure, month: Month(index: key.month), count: Int(sums.count), sum: Int(sums.sum),
                sumOfSquares: Int(sums.sumOfSquares))
        }
        try transaction.insert(records.sorted { ($0.cadreID, $0.measure, $0.month) < ($1.cadreID, $1.measure, $1.month) })
        try writeEvidence(in: transaction)
    }

    private func writeEvidence(in transaction: Transaction) throws {
        var next = 1
        for source in sources {
            var outcomes: [FactPartial.TargetDay: TargetResolver.Outcome] = [:]
            for row in source.partial.evidence.sorted(by: { $0.position < $1.position }) {
                let key = source.partial.targets.keys[Int(row.target)]
                let day = key.form == .cadre ? FactPartial.noDay : row.day
                guard case .cadre(let id) = resolve(.init(target: row.target, day: day), source.partial, &outcomes) else { continue }
                try transaction.insert([
                    EvidenceRecord(
                        evidenceID: next, source: source.contract.name, role: source.contract.role, fileID: Int(row.position.file),
                        line: Int(row.position.line), recordID: row.recordID, cadreID: id,
                        eventDate: row.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: row.day))
                ])
                try transaction.insert(
                    row.increments.map { increment in
                        EvidenceIncrement(
                            evidenceID: next, measure: source.fold.measures[Int(increment.measure)].name, month: Month(index: increment.month),
                            count: Int(increment.sums.count), sum: Int(increment.sums.sum), sumOfSquares: Int(increment.sums.sumOfSquares))
                    })
                next += 1
            }
        }
    }

    private func resolve(
        _ target: FactPartial.TargetDay, _ partial: FactPartial, _ known: inout [FactPartial.TargetDay: TargetResolver.Outcome]
    ) -> TargetResolver.Outcome {
        if let outcome = known[target] { return outcome }
        let day = target.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: target.day)
        let outcome = resolver.resolve(partial.targets.keys[Int(target.target)], on: day)
        known[target] = outcome
        return outcome
    }
}
