import PipelineModel

/// Checks of one row that need more than one of its fields, and the veil over what was not yet known.
///
/// A class for the same reason as `FactFold`.
final class RowChecks: Sendable {
    private let asOf: CalendarDate
    private let spans: [(first: Int, last: Int, names: (String, String))]
    private let veils: [(date: Int, hidden: [Int])]
    private let birthField: Int?
    private let unitFields: (unit: Int, parent: Int)?
    private let gradeFields: (kind: Int, grade: Int)?
    private let annualGrades: Set<Int>
    private let annualKind: Int?
    private static let sensibleAges = 16...80

    init(role: SourceRole, asOf: CalendarDate) {
        self.asOf = asOf
        func place(_ name: String) -> Int { role.index(of: name) ?? 0 }
        let pairs: [(String, String)]
        switch role {
        case .posts, .leave, .frontlinePostings, .riskFilings: pairs = [("start_date", "end_date")]
        case .petitions: pairs = [("received", "closed")]
        case .mediaInquiries: pairs = [("aired_date", "rectified_date")]
        case .warnings: pairs = [("date", "corrected_date")]
        case .clarifications: pairs = [("decided_date", "published_date")]
        default: pairs = []
        }
        spans = pairs.map { (place($0), place($1), ($0, $1)) }
        // What a row says of later days was not known on the as-of date: then it says nothing (method, section 1).
        let later: [(String, [String])]
        switch role {
        case .tasks: later = [("completed_date", ["completed_date", "quality"])]
        case .petitions: later = [("closed", ["finding", "closed"]), ("accepted_date", ["accepted_date"])]
        case .mediaInquiries: later = [("rectified_date", ["rectified_date"])]
        case .warnings: later = [("corrected_date", ["corrected_date"])]
        case .faultTolerance: later = [("decided_date", ["decision", "weight", "decided_date"])]
        case .riskFilings: later = [("assessed_date", ["outcome", "assessed_date"])]
        case .clarifications: later = [("published_date", ["published_date"])]
        default: later = []
        }
        veils = later.map { (place($0), $1.map(place)) }
        birthField = role == .roster ? place("birth_date") : nil
        unitFields = role == .units ? (place("unit_id"), place("parent_id")) : nil
        gradeFields = role == .appraisals ? (place("kind"), place("grade")) : nil
        annualGrades = Set([AppraisalGrade.excellent, .competent, .basicallyCompetent, .incompetent].compactMap(AppraisalGrade.allCases.firstIndex(of:)))
        annualKind = AppraisalKind.allCases.firstIndex(of: .annual)
    }

    /// The fields whose days are compared with the night's. Of dates of birth more than that is asked.
    var nightFields: [Int] { veils.map(\.date) }

    /// Reasons to reject a row whose fields are sound by themselves.
    func problems(_ values: Row) -> [RowProblem] {
        var problems: [RowProblem] = []
        for span in spans {
            if isAfter(values[span.first], values[span.last]) {
                problems.append(.endBeforeStart(span.names, values[span.first], values[span.last]))
            }
        }
        if let gradeFields, let kind = values[gradeFields.kind].category, let grade = values[gradeFields.grade].category,
            (kind == annualKind) != annualGrades.contains(grade)
        {
            problems.append(.gradeOfOtherScale(kind: AppraisalKind.allCases[kind], grade: AppraisalGrade.allCases[grade]))
        }
        return problems
    }

    /// Sets aside what cannot be right without losing the row, and what was not yet known.
    ///
    /// - Returns: What was set aside because it cannot be right.
    func settle(_ parser: RowParser) -> [RowProblem] {
        let values = parser.values
        var oddities: [RowProblem] = []
        for veil in veils {
            guard let day = values[veil.date].dayNumber, day > asOf.dayNumber else { continue }
            for field in veil.hidden { values[field] = .missing }
        }
        if let birthField, let birth = values[birthField].day {
            let age = asOf.completedYears(since: birth)
            if !RowChecks.sensibleAges.contains(age) {
                values[birthField] = .missing
                oddities.append(.implausibleAge(age))
            }
        }
        if let unitFields, !values[unitFields.unit].isMissing,
            parser.text(unitFields.unit).elementsEqual(parser.text(unitFields.parent))
        {
            values[unitFields.parent] = .missing
            oddities.append(.ownParent)
        }
        return oddities
    }

    private func isAfter(_ first: ParsedValue, _ last: ParsedValue) -> Bool {
        if let start = first.timestamp, let end = last.timestamp {
            // A day without a time of day reads as its midnight, and may still be the day on which it began.
            return end == Timestamp(end.date) ? start.date > end.date : start > end
        }
        guard let start = first.day, let end = last.day else { return false }
        return start > end
    }
}

extension RowProblem {
    fileprivate static func endBeforeStart(_ names: (String, String), _ first: ParsedValue, _ last: ParsedValue) -> RowProblem {
        RowProblem(
            check: "EndBeforeStart", column: nil, field: names.1, value: last.day?.description,
            message: "\(names.1) \(last.day?.description ?? "") lies before \(names.0) \(first.day?.description ?? "")",
            hint: "one of the two days is wrong in the system")
    }

    fileprivate static func gradeOfOtherScale(kind: AppraisalKind, grade: AppraisalGrade) -> RowProblem {
        RowProblem(
            check: "GradeOfOtherScale", column: nil, field: "grade", value: grade.chinese,
            message: "the grade \(grade.chinese) does not belong to an appraisal of the kind \(kind.chinese)",
            hint: "annual: 优秀, 称职, 基本称职, 不称职; all others: 好, 较好, 一般, 较差")
    }

    fileprivate static func implausibleAge(_ age: Int) -> RowProblem {
        RowProblem(
            check: "ImplausibleAge", column: nil, field: "birth_date", value: nil,
            message: "the date of birth makes an age of \(age); it is set aside, the person stays", hint: "mend the date of birth in the system")
    }

    fileprivate static let ownParent = RowProblem(
        check: "UnitIsItsOwnParent", column: nil, field: "parent_id", value: nil,
        message: "the unit names itself as the unit above it; the unit stays, without one", hint: "mend the parent in the unit table")
}
