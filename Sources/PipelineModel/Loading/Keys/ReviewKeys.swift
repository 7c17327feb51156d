/// Keys of `rules/reviews.yaml`.
enum ReviewsKey: String, SectionKey {
    case fitnessChecks, newMonthsOfMarks, outcomes

    static let heading = "Reviews"

    var declaration: KeyDeclaration {
        switch self {
        case .fitnessChecks: KeyDeclaration(.sections, "after which confirmed dispositions a fitness check falls due")
        case .newMonthsOfMarks: KeyDeclaration(.wholeNumber(1...36), "months with new marks after which an overturned flag may be raised again")
        case .outcomes: KeyDeclaration(.section, "how standing before and after a disposition is compared")
        }
    }
}

enum FitnessCheckKey: String, SectionKey {
    case disposition, fromMonths, toMonths, citation

    static let heading = "Fitness checks"

    var declaration: KeyDeclaration {
        switch self {
        case .disposition: KeyDeclaration(.choice(Disposition.allCases.map(\.rawValue)), required: true, "after which one")
        case .fromMonths: KeyDeclaration(.wholeNumber(0...60), required: true, "months after the decision from which the check may be made")
        case .toMonths: KeyDeclaration(.wholeNumber(1...60), required: true, "months after the decision by which it must be made")
        case .citation: KeyDeclaration(.section, required: true, "the provision it comes from: name, year, article")
        }
    }
}

enum OutcomesKey: String, SectionKey {
    case matches, caliper, minimumCases, level

    static let heading = "Outcomes"

    var declaration: KeyDeclaration {
        switch self {
        case .matches: KeyDeclaration(.wholeNumber(1...100), "similar cadres, not flagged up to the decision, with whom each case is compared")
        case .caliper: KeyDeclaration(.number(0...10), "how far the earlier composite and its standard deviation may lie from the case's")
        case .minimumCases: KeyDeclaration(.wholeNumber(5...1000), "cases under which nothing is said")
        case .level: KeyDeclaration(.number(0.5...0.9999), "confidence of the interval")
        }
    }
}
