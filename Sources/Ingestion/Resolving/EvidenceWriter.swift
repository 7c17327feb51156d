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
    /// Where each of the source's measures stands among all, sorted.
    private let rank: [Int]

    /// - Parameter measures: Of all sources, sorted.
    init(source: IngestedSource, cadres: [String], holders: [Int32], measures: [String]) {
        (contract, evidence) = (source.contract, source.partial.evidence)
        (self.cadres, self.holders) = (cadres, holders)
        let places = Dictionary(uniqueKeysWithValues: zip(measures, measures.indices))
        rank = source.fold.measures.compactMap { places[$0.name] }
    }

    /// The places of the rows, by position and day.
    var order: [EvidenceLog.Place] { evidence.order }

    /// - Parameter rows: Some of `order`.
    func write(_ rows: ArraySlice<EvidenceLog.Place>, to builder: inout EvidenceBuilder) throws {
        var increments: [(measure: Int, month: Int32, value: Int)] = []
        for place in rows {
            let holder = holders[Int(place.number)]
            if holder < 0 { continue }
            try evidence.withRow(at: place) { position, day, recordID, reform in
                try builder.begin(source: contract.name, role: contract.role, fileID: Int(position.file))
                try builder.add(
                    line: Int(position.line), recordID: recordID.isEmpty ? nil : recordID, cadre: cadres[Int(holder)],
                    day: day == FactPartial.noDay ? nil : day, reform: reform.isEmpty ? nil : String(decoding: reform, as: UTF8.self))
            }
            increments.removeAll(keepingCapacity: true)
            for added in evidence.increments(at: place) { increments.append((rank[Int(added.measure)], Int32(added.month), Int(added.value))) }
            increments.sort { $0.measure < $1.measure }
            for added in increments { builder.add(measure: added.measure, month: added.month, count: 1, sum: added.value, squares: added.value * added.value) }
        }
    }
}
