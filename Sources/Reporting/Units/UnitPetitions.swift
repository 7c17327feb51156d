import PipelineModel
import Warehouse

/// How a unit handles petitions, kind by kind and all together, without counts of 1 to 4, nor those that would give such a count away.
///
/// What a count leaves of a wider one, such as petitions accepted late, is a count as well.
struct UnitPetitions {
    struct Line {
        /// Whether it is of all kinds together.
        let isAll: Bool
        /// `nil` where the export does not say, and for all together.
        let kind: PetitionKind?
        /// Received; day for acceptance passed; accepted in time; day for closing passed; closed in time; open; open by age, youngest first.
        let counts: BlankedCounts
    }

    /// By kind, as the records come; all kinds together last. None where there is no petition.
    let lines: [Line]
    /// What is left of the measures that count the same petitions.
    let measures: [String: MeasuredCount]

    init(_ records: [PetitionHandling], of unit: UnitNight) {
        guard !records.isEmpty else {
            (lines, measures) = ([], [:])
            return
        }
        var linked = LinkedCounts()
        let (acceptance, closing) = (unit.blanks(PetitionHandling.acceptanceMeasure), unit.blanks(PetitionHandling.closingMeasure))
        let blank = [false, acceptance.denominator, acceptance.numerator, closing.denominator, closing.numerator]
        var (rows, rests) = ([[Int]](), [[Int]]())
        for index in 0...records.count {
            let isAll = index == records.count
            let counts = UnitPetitions.counts(of: isAll ? records : [records[index]])
            let row = counts.enumerated().map { place, count in linked.add(count, isHidden: isAll && place < blank.count && blank[place]) }
            linked.link(row[5], to: Array(row[6...]))
            rests.append([(0, 1), (1, 2), (0, 3), (3, 4)].map { linked.addRest(of: row[$0.0], without: row[$0.1]) })
            rows.append(row)
        }
        linked.linkColumns(zip(rows, rests).map { $0 + $1 })
        let blanked = linked.blanked(rows)
        lines = zip(records.map(\.kind) + [nil], blanked).enumerated().map { Line(isAll: $0 == records.count, kind: $1.0, counts: $1.1) }
        let all = blanked[records.count]
        measures = [PetitionHandling.acceptanceMeasure: all.measured(2, of: 1), PetitionHandling.closingMeasure: all.measured(4, of: 3)]
    }

    /// In the order of a line.
    private static func counts(of records: [PetitionHandling]) -> [Int] {
        let ages: [KeyPath<PetitionHandling, Int>] = [\.openInAcceptance, \.openInClosing, \.openInExtension, \.openBeyond]
        func sum(_ counts: [KeyPath<PetitionHandling, Int>]) -> Int { records.reduce(0) { sum, record in counts.reduce(sum) { $0 + record[keyPath: $1] } } }
        return [[\.received], [\.acceptanceDue], [\.acceptedInTime], [\.closingDue], [\.closedInTime], ages].map(sum) + ages.map { sum([$0]) }
    }
}
