import PipelineModel
import Warehouse

/// How courses ended for a unit's cadres, course by course and all together, without counts of 1 to 4, nor those that would give such a count away.
///
/// What a count leaves of a wider one, such as those without a result, who failed or missed, or whose post does not require the course, is a count as well.
struct UnitTraining {
    struct Line {
        /// `nil` for all courses together.
        let course: String?
        /// Enrolled, with a result, passed; and the same three of those that the post requires.
        let counts: BlankedCounts
    }

    /// By course; all together last. None where nobody was enrolled.
    let lines: [Line]
    /// What is left of the measures that count the same courses.
    let measures: [String: MeasuredCount]

    init(_ records: [TrainingCompletion], of unit: UnitNight) {
        guard !records.isEmpty else {
            (lines, measures) = ([], [:])
            return
        }
        var linked = LinkedCounts()
        let (passed, required) = (unit.blanks(TrainingCompletion.passedMeasure), unit.blanks(TrainingCompletion.requiredPassedMeasure))
        let blank = [false, passed.denominator, passed.numerator, false, required.denominator, required.numerator]
        var (rows, rests) = ([[Int]](), [[Int]]())
        for index in 0...records.count {
            let isAll = index == records.count
            let counts = UnitTraining.counts(of: isAll ? records : [records[index]])
            let row = counts.enumerated().map { place, count in
                // People enrolled in one course may be nearly all of the unit, or as many as a blank number of its line; enrolments in all courses are no people.
                linked.add(count, isHidden: isAll ? blank[place] : unit.line.mustHide(count) || place % 3 == 0 && count > 0 && unit.line.leavesFewOut(count))
            }
            // Of everybody, the required and the others: who has no result, and who has one and did not pass.
            let others = (0..<3).map { linked.addRest(of: row[$0], without: row[$0 + 3]) }
            let left = [Array(row[..<3]), Array(row[3...]), others].map { group in
                [linked.addRest(of: group[0], without: group[1]), linked.addRest(of: group[1], without: group[2])]
            }
            for place in 0..<2 { linked.link(left[0][place], to: [left[1][place], left[2][place]]) }
            rests.append(others + left.flatMap { $0 })
            rows.append(row)
        }
        linked.linkColumns(zip(rows, rests).map { $0 + $1 })
        let blanked = linked.blanked(rows)
        lines = zip(records.map(\.course) + [nil], blanked).map { Line(course: $0, counts: $1) }
        let all = blanked[records.count]
        measures = [TrainingCompletion.passedMeasure: all.measured(2, of: 1), TrainingCompletion.requiredPassedMeasure: all.measured(5, of: 4)]
    }

    /// In the order of a line.
    private static func counts(of records: [TrainingCompletion]) -> [Int] {
        func sum(_ count: (TrainingCompletion) -> Int) -> Int { records.reduce(0) { $0 + count($1) } }
        return [
            sum(\.enrolled), sum { $0.passed + $0.failed + $0.missed }, sum(\.passed), sum(\.required),
            sum { $0.requiredPassed + $0.requiredFailed + $0.requiredMissed }, sum(\.requiredPassed),
        ]
    }
}
