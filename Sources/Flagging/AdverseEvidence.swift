import PipelineModel
import Warehouse

/// An adverse row behind a flag of the model.
struct AdverseRow {
    /// Identifies the row, whatever file and line it comes in.
    struct Key: Hashable {
        let source: String
        let record: String
    }

    let record: EvidenceRecord
    /// Indicators with a negative contribution that count it.
    let indicators: Set<String>
    /// The newest month it counts in: when it became known.
    let month: Month

    var key: Key { AdverseRow.key(source: record.source, recordID: record.recordID, day: record.eventDate) }

    /// A row without a number of its own is known by its day.
    static func key(source: String, recordID: String?, day: CalendarDate?) -> Key {
        Key(source: source, record: recordID ?? day.map { "\($0)" } ?? "")
    }
}

/// Finds the rows behind the negative contributions of a cadre: adverse ones that count within the counted months and that no protection took out.
struct AdverseEvidence {
    /// By indicator: the adverse measures that it is made of; none for means of marks.
    private let measures: [String: Set<String>]

    init(_ pipeline: Pipeline) {
        let adverse = Set(pipeline.sources.flatMap { $0 }.flatMap(\.measures).filter(\.adverse).map(\.name))
        measures = Dictionary(
            pipeline.indicators.map { ($0.id, adverse.intersection($0.measures)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether single rows can speak for the indicator at all.
    func hasRows(_ indicator: String) -> Bool { !(measures[indicator] ?? []).isEmpty }

    /// Fills in the rows of every dossier, newest first, and counts those that a protection took out wholly.
    func fill(_ dossiers: inout [String: Dossier], in transaction: Transaction) throws {
        struct Place: Hashable {
            let cadreID: String
            let indicator: String
            let fileID: Int
            let line: Int
        }
        var excluded: Set<Place> = []
        try transaction.forEach(ExclusionRecord.self, of: dossiers.keys) { exclusion in
            guard exclusion.weightKept == 0, let indicator = exclusion.indicator, let fileID = exclusion.fileID, let line = exclusion.line else { return }
            let place = Place(cadreID: exclusion.cadreID, indicator: indicator, fileID: fileID, line: line)
            guard excluded.insert(place).inserted, dossiers[exclusion.cadreID]?.negative.contains(where: { $0.indicator == indicator }) == true else { return }
            dossiers[exclusion.cadreID]?.rowsExcluded += 1
        }
        try transaction.forEachEvidenceByCadre(of: dossiers.keys) { record, increments in
            guard let dossier = dossiers[record.cadreID] else { return }
            var indicators: Set<String> = []
            var newest: Month?
            for estimate in dossier.negative {
                guard let adverse = measures[estimate.indicator], !adverse.isEmpty,
                    !excluded.contains(
                        Place(cadreID: record.cadreID, indicator: estimate.indicator, fileID: record.fileID, line: record.line))
                else { continue }
                for increment in increments where adverse.contains(increment.measure) && dossier.counted.contains(increment.month) {
                    indicators.insert(estimate.indicator)
                    newest = max(newest ?? increment.month, increment.month)
                }
            }
            guard let newest else { return }
            dossiers[record.cadreID]?.evidence.append(AdverseRow(record: record, indicators: indicators, month: newest))
        }
    }
}
