import PipelineModel
import Warehouse

/// How the courses of the last months ended, by course and unit (mechanism 1).
enum TrainingCompletions {
    static let measures = [
        MeasureLabel(TrainingCompletion.passedMeasure, .education, "培训合格的占比", "Share of course results that were passed"),
        MeasureLabel(TrainingCompletion.requiredPassedMeasure, .education, "必训课程合格的占比", "Share of required course results that were passed"),
    ]

    /// A row for each course and unit with an enrolment, and one for each course over all units.
    static func run(_ night: TrackNight) throws -> [Finding] {
        let months = night.pipeline.training?.completionMonths ?? TrainingRules(citation: BilingualText(chinese: "", english: "")).completionMonths
        let first = night.asOf.adding(months: -months)
        var counts: [Key: TrainingCompletion] = [:]
        // By course.
        var overall: [TrainingCompletion] = []
        var (passed, requiredPassed) = (MeasureCounts(), MeasureCounts())
        var rows = 0
        var courses = WordTable()
        let results = TrainingResult.allCases
        try night.transaction.forEachKeptRow(of: .training, fields: ["held_date", "course", "result", "required", "target_cadre_id"]) { row in
            rows += 1
            guard let held = row.date(0), night.isKnown(held), held > first, let course = try row.word(1, in: &courses) else { return }
            let (result, isRequired) = (try row.code(2, of: results), row.flag(3) ?? false)
            guard let cadreID = try row.text(4) else { return }
            let unitID = night.unit(of: cadreID, on: held)
            let key = Key(course: course, scope: .unit, unitID: unitID)
            counts[key, default: key.empty(courses.words[course])].add(result, isRequired: isRequired)
            while overall.count <= course { overall.append(Key(course: overall.count, scope: .all, unitID: nil).empty(courses.words[overall.count])) }
            overall[course].add(result, isRequired: isRequired)
            guard let result else { return }
            passed.add(result == .passed, unitID: unitID)
            if isRequired { requiredPassed.add(result == .passed, unitID: unitID) }
        }
        for (course, all) in overall.enumerated() where all.enrolled > 0 { counts[Key(course: course, scope: .all, unitID: nil)] = all }
        night.store(counts.sorted { $0.key < $1.key }.map(\.value))
        night.store(passed.values(TrainingCompletion.passedMeasure, asOf: night.asOf))
        night.store(requiredPassed.values(TrainingCompletion.requiredPassedMeasure, asOf: night.asOf))
        return rows == 0 ? [night.emptySource(.training, table: "training_completion")] : []
    }

    private struct Key: Hashable, Comparable {
        /// Among the courses.
        let course: Int
        let scope: CountScope
        let unitID: String?

        static func < (left: Key, right: Key) -> Bool {
            (left.course, left.scope.rawValue, left.unitID ?? "") < (right.course, right.scope.rawValue, right.unitID ?? "")
        }

        func empty(_ course: String) -> TrainingCompletion {
            TrainingCompletion(
                course: course, scope: scope, unitID: unitID, enrolled: 0, passed: 0, failed: 0, missed: 0, required: 0, requiredPassed: 0,
                requiredFailed: 0, requiredMissed: 0)
        }
    }
}

extension TrainingCompletion {
    /// Counts one enrolment; without a result it is neither passed, failed nor missed.
    fileprivate mutating func add(_ result: TrainingResult?, isRequired: Bool) {
        enrolled += 1
        required += isRequired ? 1 : 0
        switch result {
        case .passed:
            passed += 1
            requiredPassed += isRequired ? 1 : 0
        case .failed:
            failed += 1
            requiredFailed += isRequired ? 1 : 0
        case .missed:
            missed += 1
            requiredMissed += isRequired ? 1 : 0
        case nil: break
        }
    }
}
