import PipelineModel
import Warehouse

/// Which courses people have passed, as far as the training export knows.
struct TrainingPasses {
    /// Rows of the export, whatever they say.
    private(set) var rows = 0
    /// The first course that the export knows of: what was passed before is not known.
    private(set) var firstHeld: CalendarDate?
    /// By course, then cadre.
    private var newest: [String: [String: CalendarDate]] = [:]

    init(_ night: TrackNight) throws {
        var courses = WordTable()
        // By course.
        var found: [[String: CalendarDate]] = []
        let results = TrainingResult.allCases
        try night.transaction.forEachKeptRow(of: .training, fields: ["held_date", "result", "course", "target_cadre_id"]) { row in
            rows += 1
            guard let held = row.date(0), night.isKnown(held) else { return }
            firstHeld = min(firstHeld ?? held, held)
            guard try row.code(1, of: results) == .passed, let course = try row.word(2, in: &courses), let cadreID = try row.text(3) else { return }
            while found.count <= course { found.append([:]) }
            let known = found[course][cadreID] ?? held
            found[course][cadreID] = max(known, held)
        }
        newest = Dictionary(uniqueKeysWithValues: zip(courses.words, found))
    }

    /// The newest day on which a cadre passed a course; `nil` where no row says so.
    func day(_ course: TrainingRules.Course, _ cadreID: String) -> CalendarDate? { newest[course.name]?[cadreID] }

    /// Whether a cadre has passed a course that still counts on a day.
    func holds(_ course: TrainingRules.Course, _ cadreID: String, on day: CalendarDate) -> Bool {
        guard let passed = self.day(course, cadreID) else { return false }
        return expiry(of: course, passed).map { day < $0 } ?? true
    }

    /// The first day on which a pass no longer counts; `nil` where it always does.
    func expiry(of course: TrainingRules.Course, _ passed: CalendarDate) -> CalendarDate? { course.validYears.map { passed.adding(months: 12 * $0) } }
}
