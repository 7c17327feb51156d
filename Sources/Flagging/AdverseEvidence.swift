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

    /// What speaks against one cadre, looked up once: each of their rows asks for it.
    private struct Asked {
        let counted: MonthWindow
        /// Indicators with a negative contribution, and the adverse measures of each.
        let negative: [(indicator: String, measures: Set<String>)]
        var rows: [AdverseRow] = []
        var rowsExcluded = 0
    }

    /// Where a row stands.
    private struct Place: Hashable {
        let fileID: Int
        let line: Int
    }

    /// From whose indicator a protection takes a row out wholly.
    private struct Exclusion: Hashable {
        let cadre: Int
        let indicator: String
    }

    /// Fills in the rows of every dossier, newest first, and counts those that a protection took out wholly.
    ///
    /// - Parameter threads: Changes the time, and nothing else.
    func fill(_ dossiers: inout [String: Dossier], threads: Int, in transaction: Transaction) throws {
        var numbers: [String: Int] = [:]
        var asked: [Asked] = []
        for (cadreID, dossier) in dossiers {
            numbers[cadreID] = asked.count
            asked.append(Asked(counted: dossier.counted, negative: dossier.negative.map { ($0.indicator, measures[$0.indicator] ?? []) }))
        }
        var excluded: [Place: Set<Exclusion>] = [:]
        // All of them, because a table without an order by cadre is read as a whole for every few cadres that are asked for.
        let columns = ["weight_kept", "cadre_id", "indicator", "file_id", "line"]
        try transaction.forEachRow(of: ExclusionRecord.self, columns: columns) { row in
            guard try row.real() == 0, let cadre = numbers[try row.text()], let indicator = try row.optionalText(),
                let fileID = try row.optionalInteger(), let line = try row.optionalInteger()
            else { return }
            let isNew = excluded[Place(fileID: fileID, line: line), default: []].insert(Exclusion(cadre: cadre, indicator: indicator)).inserted
            guard isNew, asked[cadre].negative.contains(where: { $0.indicator == indicator }) else { return }
            asked[cadre].rowsExcluded += 1
        }
        try transaction.forEachEvidence(threads: threads, where: { [numbers] in numbers[$0.cadreID] != nil }) { record, increments in
            guard let cadre = numbers[record.cadreID] else { return }
            let takenOut = excluded.isEmpty ? nil : excluded[Place(fileID: record.fileID, line: record.line)]
            var indicators: Set<String> = []
            var newest: Month?
            for (indicator, adverse) in asked[cadre].negative {
                guard !adverse.isEmpty, !(takenOut?.contains(Exclusion(cadre: cadre, indicator: indicator)) ?? false) else { continue }
                for increment in increments where asked[cadre].counted.contains(increment.month) && adverse.contains(increment.measure) {
                    indicators.insert(indicator)
                    newest = max(newest ?? increment.month, increment.month)
                }
            }
            guard let newest else { return }
            asked[cadre].rows.append(AdverseRow(record: record, indicators: indicators, month: newest))
        }
        for (cadreID, cadre) in numbers {
            dossiers[cadreID]?.evidence = asked[cadre].rows.sorted { AdverseEvidence.isNewer($0.record, $1.record) }
            dossiers[cadreID]?.rowsExcluded = asked[cadre].rowsExcluded
        }
    }

    /// Newest first; of one day by source, those of a source by their number in it, the highest first, so that the order of an export changes nothing.
    private static func isNewer(_ left: EvidenceRecord, _ right: EvidenceRecord) -> Bool {
        if left.eventDate != right.eventDate { return left.eventDate?.dayNumber ?? .min > right.eventDate?.dayNumber ?? .min }
        if left.source != right.source { return left.source < right.source }
        if left.recordID != right.recordID { return left.recordID ?? "" > right.recordID ?? "" }
        return (left.fileID, left.line) < (right.fileID, right.line)
    }
}
