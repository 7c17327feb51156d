import PipelineModel
import Warehouse

/// Writes the adverse rows of a source, each with whoever held the post on its day.
///
/// A class, because a copy would count references to all it holds for every row.
final class EvidenceWriter: Sendable {
    /// Adverse rows that are written in one piece of work: several blocks.
    static let rowsInStretch = 16_384

    private let contract: SourceContract
    private let evidence: EvidenceLog
    /// Everybody who can be an answer, sorted.
    private let cadres: [String]
    /// Whom each row of the evidence is about, as places among `cadres`; below zero where nobody is.
    private let holders: [Int32]
    private let measures: [String]
    /// Where each measure stands among all by name.
    private let rank: [Int]

    init(source: IngestedSource, cadres: [String], holders: [Int32]) {
        (contract, evidence) = (source.contract, source.partial.evidence)
        (self.cadres, self.holders) = (cadres, holders)
        let measures = source.fold.measures.map(\.name)
        var rank = [Int](repeating: 0, count: measures.count)
        for (place, measure) in measures.indices.sorted(by: { measures[$0] < measures[$1] }).enumerated() { rank[measure] = place }
        (self.measures, self.rank) = (measures, rank)
    }

    /// The places of the rows, by position and day.
    var order: [Int] { evidence.order }

    /// - Parameter rows: Some of `order`.
    func write(_ rows: ArraySlice<Int>, to builder: inout EvidenceBuilder) throws {
        let (evidence, rank) = (evidence, rank)
        for index in rows where holders[index] >= 0 {
            let row = evidence.row(at: index)
            let record = EvidenceRecord(
                source: contract.name, role: contract.role, fileID: Int(row.position.file), line: Int(row.position.line), recordID: row.recordID,
                cadreID: cadres[Int(holders[index])], eventDate: row.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: row.day),
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
