import PipelineModel
import Warehouse

/// Writes the adverse rows of a source, each with whoever held the post on its day.
struct EvidenceWriter {
    let source: IngestedSource
    /// Everybody who can be an answer, sorted.
    let cadres: [String]
    let holders: TargetHolders

    func write(to builder: inout EvidenceBuilder) throws {
        let measures = source.fold.measures.map(\.name)
        let byName = measures.indices.sorted { measures[$0] < measures[$1] }
        var rank = [Int](repeating: 0, count: measures.count)
        for (place, measure) in byName.enumerated() { rank[measure] = place }
        for row in source.partial.evidence.inOrder {
            guard let holder = holders.holder(row.target, day: row.day) else { continue }
            let record = EvidenceRecord(
                source: source.contract.name, role: source.contract.role, fileID: Int(row.position.file), line: Int(row.position.line),
                recordID: row.recordID, cadreID: cadres[Int(holder)], eventDate: row.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: row.day),
                reform: row.reform)
            let increments = row.increments.sorted { rank[Int($0.measure)] < rank[Int($1.measure)] }.map { increment in
                EvidenceIncrement(
                    measure: measures[Int(increment.measure)], month: Month(index: increment.month), count: Int(increment.sums.count),
                    sum: Int(increment.sums.sum), sumOfSquares: Int(increment.sums.sumOfSquares))
            }
            try builder.add(record, increments)
        }
    }
}
