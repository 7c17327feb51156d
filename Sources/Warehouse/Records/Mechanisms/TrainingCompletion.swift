/// How one course ended for the cadres of one unit, or of all units.
public struct TrainingCompletion: Record, Hashable {
    public static let table = "training_completion"
    public static let columns = [
        "course", "scope", "unit_id", "enrolled", "passed", "failed", "missed", "required", "required_passed", "required_failed", "required_missed",
    ]
    public static let order = "course, scope, unit_id"
    /// The measures that count a unit's results in all courses, and in those that posts require: the shares passed.
    public static let (passedMeasure, requiredPassedMeasure) = ("training_passed", "required_training_passed")

    /// As the export writes it.
    public var course: String
    /// One unit, or all of them together.
    public var scope: CountScope
    /// The unit; `nil` where it is unknown, and for all units.
    public var unitID: String?
    /// Enrolments.
    public var enrolled: Int
    /// Of these, passed.
    public var passed: Int
    /// Of these, failed.
    public var failed: Int
    /// Of these, missed.
    public var missed: Int
    /// Enrolments that the post requires.
    public var required: Int
    /// Of the required ones, passed.
    public var requiredPassed: Int
    /// Of the required ones, failed.
    public var requiredFailed: Int
    /// Of the required ones, missed.
    public var requiredMissed: Int

    /// A row with these values.
    public init(
        course: String, scope: CountScope, unitID: String?, enrolled: Int, passed: Int, failed: Int, missed: Int, required: Int, requiredPassed: Int,
        requiredFailed: Int, requiredMissed: Int
    ) {
        self.course = course
        self.scope = scope
        self.unitID = unitID
        self.enrolled = enrolled
        self.passed = passed
        self.failed = failed
        self.missed = missed
        self.required = required
        self.requiredPassed = requiredPassed
        self.requiredFailed = requiredFailed
        self.requiredMissed = requiredMissed
    }

    public func write(to row: inout RowWriter) {
        row.text(course)
        row.code(scope)
        row.text(unitID)
        row.integer(enrolled)
        row.integer(passed)
        row.integer(failed)
        row.integer(missed)
        row.integer(required)
        row.integer(requiredPassed)
        row.integer(requiredFailed)
        row.integer(requiredMissed)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        course = try row.text()
        scope = try row.code(CountScope.self)
        unitID = try row.optionalText()
        enrolled = try row.integer()
        passed = try row.integer()
        failed = try row.integer()
        missed = try row.integer()
        required = try row.integer()
        requiredPassed = try row.integer()
        requiredFailed = try row.integer()
        requiredMissed = try row.integer()
    }
}
