/// Keys of `rules/training.yaml`.
enum TrainingKey: String, SectionKey {
    case citation, completionMonths, gapBelow, order, courses, required

    static let heading = "Training"

    var declaration: KeyDeclaration {
        switch self {
        case .citation: KeyDeclaration(.section, required: true, "the provision that the lists come from")
        case .completionMonths: KeyDeclaration(.wholeNumber(1...240), "months whose courses are counted as completed or not")
        case .gapBelow: KeyDeclaration(.number(-5...0), "standing under which the whole 90% interval must lie for a capability gap")
        case .order: KeyDeclaration(.choices(TrainingReason.allCases.map(\.rawValue)), "reasons in order of priority")
        case .courses: KeyDeclaration(.sections, required: true, "the courses; of several that fit, the first is taken")
        case .required: KeyDeclaration(.sections, "courses that key posts require")
        }
    }
}

/// Keys of one course.
enum CourseKey: String, SectionKey {
    case id, name, label, capacity, reasons, dimensions, indicators, validYears

    static let heading = "Courses"

    var declaration: KeyDeclaration {
        switch self {
        case .id: KeyDeclaration(.text, required: true, "its name in tables")
        case .name: KeyDeclaration(.text, required: true, "its name in the training export")
        case .label: KeyDeclaration(.section, required: true, "its name for people")
        case .capacity: KeyDeclaration(.wholeNumber(0...1_000_000), "people whom its next session takes")
        case .reasons: KeyDeclaration(.choices(TrainingReason.allCases.map(\.rawValue)), required: true, "what it is for")
        case .dimensions: KeyDeclaration(.choices(Dimension.allCases.map(\.rawValue)), "for a retraining flag: weakest dimensions that it helps")
        case .indicators: KeyDeclaration(.texts, "for a capability gap: indicators that it helps")
        case .validYears: KeyDeclaration(.wholeNumber(1...50), "years after which passing it no longer counts")
        }
    }
}

/// Keys of one course that key posts require.
enum RequiredCourseKey: String, SectionKey {
    case course, `where`, graceMonths, citation

    static let heading = "Required courses"

    var declaration: KeyDeclaration {
        switch self {
        case .course: KeyDeclaration(.text, required: true, "the course's id")
        case .where: KeyDeclaration(.section, required: true, "condition on a cadre in post: who must have it")
        case .graceMonths: KeyDeclaration(.wholeNumber(0...120), "months from the first day in the post in which it may be taken")
        case .citation: KeyDeclaration(.section, required: true, "the provision that requires it")
        }
    }
}
