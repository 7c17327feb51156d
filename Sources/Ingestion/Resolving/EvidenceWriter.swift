import PipelineModel
import Warehouse

/// Writes the adverse rows of a source, each with whoever held the post on its day.
///
/// A class, because a copy would count references to all it holds for every row.
final class EvidenceWriter: Sendable {
    /// Adverse rows that are written in one piece of work: several blocks.
    private static let rowsInStretch = 16_384

    private let contract: SourceContract
    private let evidence: EvidenceSpill
    /// Everybody who can be an answer, sorted.
    private let cadres: [String]
    /// Whom each row of each piece of the evidence is about, as places among `cadres`; below zero where nobody is.
    private let holders: [[Int32]]
    /// Where each of the source's measures stands among all, sorted.
    private let rank: [Int]

    /// - Parameter measures: Of all sources, sorted.
    init(source: IngestedSource, cadres: [String], holders: [[Int32]], measures: [String]) {
        (contract, evidence) = (source.contract, source.evidence)
        (self.cadres, self.holders) = (cadres, holders)
        let places = Dictionary(uniqueKeysWithValues: zip(measures, measures.indices))
        rank = source.fold.measures.compactMap { places[$0.name] }
    }

    /// The pieces of the evidence, some that follow one another at a time.
    var stretches: [Range<Int>] {
        var (stretches, start, rows): ([Range<Int>], Int, Int) = ([], 0, 0)
        for (piece, count) in evidence.rows.enumerated() {
            rows += count
            if rows < EvidenceWriter.rowsInStretch, piece + 1 < evidence.rows.count { continue }
            stretches.append(start..<piece + 1)
            (start, rows) = (piece + 1, 0)
        }
        return stretches
    }

    /// Writes the rows of some pieces.
    ///
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside; what the builder throws.
    func write(_ pieces: Range<Int>, to builder: inout EvidenceBuilder) throws {
        for piece in pieces { try write(piece, to: &builder) }
    }

    private func write(_ piece: Int, to builder: inout EvidenceBuilder) throws {
        let (part, standing) = try evidence.piece(piece)
        var increments: [(measure: Int, month: Int32, value: Int)] = []
        for index in standing {
            let (row, holder) = (part.rows[index], holders[piece][index])
            if holder < 0 { continue }
            try part.withTexts(of: index) { recordID, reform in
                try builder.begin(source: contract.name, role: contract.role, fileID: Int(row.position.file))
                try builder.add(
                    line: Int(row.position.line), recordID: recordID.isEmpty ? nil : recordID, cadre: cadres[Int(holder)],
                    day: row.day == FactPartial.noDay ? nil : row.day, reform: reform.isEmpty ? nil : String(decoding: reform, as: UTF8.self))
            }
            increments.removeAll(keepingCapacity: true)
            for added in part.increments(of: index) { increments.append((rank[Int(added.measure)], Int32(added.month), Int(added.value))) }
            increments.sort { $0.measure < $1.measure }
            for added in increments { builder.add(measure: added.measure, month: added.month, count: 1, sum: added.value, squares: added.value * added.value) }
        }
    }
}
