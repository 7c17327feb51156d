/// Why somebody is put on the roster of a course.
public enum TrainingReason: String, Category {
    case retrainingFlag, capabilityGap, requiredCourse

    public var chinese: String {
        switch self {
        case .retrainingFlag: "回炉锻造建议"
        case .capabilityGap: "能力短板"
        case .requiredCourse: "关键岗位未完成必训"
        }
    }
}

/// Who is named for which course. `pipelines/rules/training.yaml`.
public struct TrainingRules: Hashable, Sendable {
    /// The provision that the lists come from.
    public var citation: BilingualText
    /// Months up to the as-of date whose courses `training_completion.csv` counts.
    public var completionMonths: Int
    /// A capability gap: the upper end of the standing's 90% interval lies under this, in standard deviations among peers, so that uncertainty counts.
    public var gapBelow: Double
    /// Reasons in order of priority, each once.
    public var order: [TrainingReason]
    /// In order: of several that fit a need, the first is taken.
    public var courses: [Course]
    public var required: [RequiredCourse]

    /// Rules with the numbers that hold where the file says none.
    public init(citation: BilingualText, courses: [Course] = [], required: [RequiredCourse] = []) {
        self.citation = citation
        self.completionMonths = 12
        self.gapBelow = -0.5
        self.order = TrainingReason.allCases
        self.courses = courses
        self.required = required
    }

    /// A course that people can be sent to.
    public struct Course: Hashable, Sendable {
        public var id: String
        /// As the training export writes it.
        public var name: String
        public var label: BilingualText
        /// How many people the next session takes; `nil`: as many as need it.
        public var capacity: Int?
        /// What it is for.
        public var reasons: [TrainingReason]
        /// For a retraining flag: the weakest dimensions that it helps.
        public var dimensions: [Dimension]
        /// For a capability gap: the indicators that it helps.
        public var indicators: [String]
        /// Years after which passing it no longer counts; `nil`: it always does.
        public var validYears: Int?

        /// A course that takes everybody and is for nothing yet.
        public init(id: String, name: String, label: BilingualText) {
            self.id = id
            self.name = name
            self.label = label
            self.reasons = []
            self.dimensions = []
            self.indicators = []
        }
    }

    /// A course that key posts require.
    public struct RequiredCourse: Hashable, Sendable {
        /// The course's id.
        public var course: String
        /// Which posts: a condition on `FieldSet.cadreInPost`.
        public var condition: Condition
        /// Months from the first day in the post in which it may be taken.
        public var graceMonths: Int
        public var citation: BilingualText

        public init(course: String, condition: Condition, graceMonths: Int, citation: BilingualText) {
            self.course = course
            self.condition = condition
            self.graceMonths = graceMonths
            self.citation = citation
        }
    }
}
