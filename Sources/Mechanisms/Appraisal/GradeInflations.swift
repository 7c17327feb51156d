import PipelineModel
import Statistics
import Warehouse

/// Annual grades by unit (mechanism 3): how many are excellent against the rule's share, and against what the members' estimates let expect.
enum GradeInflations {
    /// Share of the grades that are excellent.
    static let measure = "annual_excellent"
    static let measures = [MeasureLabel(measure, .appraisal, "年度考核优秀等次占比", "Share of annual grades that are excellent")]

    static func run(_ night: TrackNight) throws -> [Finding] {
        guard let rules = night.pipeline.evaluation.annualGrades else { return [night.noRules("evaluation", table: GradeInflation.table)] }
        let (grades, hasRows) = try AnnualGrades.newest(night)
        let expectations = try GradeExpectations(night, grades: grades)
        var units: [String: GradeInflation] = [:]
        var excellent = MeasureCounts()
        for grade in grades {
            let isExcellent = grade.grade == .excellent
            excellent.add(isExcellent, unitID: grade.unitID)
            let kind = grade.unitID.flatMap { night.history.units[$0]?.kind }
            var unit =
                units[grade.unitID ?? ""]
                ?? GradeInflation(
                    number: 0, unitID: grade.unitID, kind: kind, year: grade.year, graded: 0, excellent: 0, allowed: 0, judged: 0, excellentJudged: 0,
                    expected: nil, ratio: FunnelReading())
            unit.graded += 1
            unit.excellent += isExcellent ? 1 : 0
            if let expected = expectations.probability(of: grade, kind: kind) { unit.expected = (unit.expected ?? 0) + expected }
            if expectations.isJudged(grade.cadreID) {
                unit.judged += 1
                unit.excellentJudged += isExcellent ? 1 : 0
            }
            units[grade.unitID ?? ""] = unit
        }
        // Whoever is of no known unit comes last.
        var rows = units.sorted { ($0.key.isEmpty ? 1 : 0, $0.key) < ($1.key.isEmpty ? 1 : 0, $1.key) }.map(\.value)
        for index in rows.indices {
            rows[index].number = index + 1
            // A share times a count, with room for the rounding of a share in binary.
            rows[index].allowed = Int((rules.excellentShare * Double(rows[index].graded) + 1e-9).rounded(.down))
        }
        night.store(try compare(rows))
        night.store(excellent.values(measure, asOf: night.asOf))
        return rows.compactMap { exceeding($0, rules) } + (hasRows ? [] : [night.emptySource(.appraisals, table: GradeInflation.table)])
    }

    /// Places each unit among the units of its kind and year.
    private static func compare(_ rows: [GradeInflation]) throws -> [GradeInflation] {
        struct Peers: Hashable {
            let kind: KindOfBody
            let year: Int
        }
        var rows = rows
        let peers = Dictionary(grouping: rows.indices.filter { rows[$0].kind != nil }) { index in
            rows[index].kind.map { Peers(kind: $0, year: rows[index].year) }
        }
        for (_, indices) in peers {
            let known = indices.filter { (rows[$0].expected ?? 0) > 0 }
            // Expected are as many in all as were given: what is compared is who gives them.
            let (given, sum) = known.reduce(into: (0, 0.0)) { $0 = ($0.0 + rows[$1].excellentJudged, $0.1 + (rows[$1].expected ?? 0)) }
            guard given > 0, sum > 0 else { continue }
            for index in known { rows[index].expected = (rows[index].expected ?? 0) * Double(given) / sum }
            let funnel = try Funnel(ratios: known.map { (Double(rows[$0].excellentJudged), rows[$0].expected ?? 0) })
            for index in known {
                if let reading = try funnel?.reading(rows[index].excellentJudged, of: rows[index].expected ?? 0) { rows[index].ratio = reading }
            }
        }
        return rows
    }

    private static func exceeding(_ row: GradeInflation, _ rules: AnnualGradeRules) -> Finding? {
        guard let unitID = row.unitID, row.excellent > row.allowed else { return nil }
        return Finding(
            .excellentShareExceeded, .warning, at: .init(file: "grade_inflation.csv"), value: unitID,
            message: "unit \(unitID) graded \(row.excellent) of \(row.graded) members excellent for \(row.year); the rule allows \(row.allowed)",
            hint: "\(rules.citation.chinese) / \(rules.citation.english); see whether the unit was granted more")
    }
}

extension Finding.Check {
    fileprivate static let excellentShareExceeded: Self = "ExcellentShareExceeded"
}
