import PipelineModel
import Warehouse

/// Which courses people have passed, as far as the training export knows.
struct TrainingPasses {
    /// Rows of the export, whatever they say.
    private(set) var rows = 0
    /// The first course that the export knows of: what was passed before is not known.
    private(set) var firstHeld: CalendarDate?
    private var newest: [Key: CalendarDate] = [:]

    init(_ night: TrackNight) throws {
        try night.transaction.forEachRow(of: .training, reading: ["held_date", "course", "result"]) { row in
            rows += 1
            let fields = NamedFields(row, .training)
            guard let held = fields.day("held_date"), night.isKnown(held) else { return }
            firstHeld = min(firstHeld ?? held, held)
            guard let cadreID = row.cadreID, let course = fields.text("course"), fields.code("result", TrainingResult.self) == .passed else { return }
            let key = Key(cadreID: cadreID, course: course)
            newest[key] = max(newest[key] ?? held, held)
        }
    }

    /// The newest day on which a cadre passed a course; `nil` where no row says so.
    func day(_ course: TrainingRules.Course, _ cadreID: String) -> CalendarDate? { newest[Key(cadreID: cadreID, course: course.name)] }

    /// Whether a cadre has passed a course that still counts on a day.
    func holds(_ course: TrainingRules.Course, _ cadreID: String, on day: CalendarDate) -> Bool {
        guard let passed = self.day(course, cadreID) else { return false }
        return expiry(of: course, passed).map { day < $0 } ?? true
    }

    /// The first day on which a pass no longer counts; `nil` where it always does.
    func expiry(of course: TrainingRules.Course, _ passed: CalendarDate) -> CalendarDate? { course.validYears.map { passed.adding(months: 12 * $0) } }

    private struct Key: Hashable {
        let cadreID: String
        let course: String
    }
}
