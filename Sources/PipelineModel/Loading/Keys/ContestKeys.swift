/// Keys of `rules/contest.yaml`.
enum ContestKey: String, SectionKey {
    case citation, windowMonths, rankLevel, draws, seed, measures

    static let heading = "Contest"

    var declaration: KeyDeclaration {
        switch self {
        case .citation: KeyDeclaration(.section, required: true, "the document that asks for the contest")
        case .windowMonths: KeyDeclaration(.wholeNumber(1...120), "length of the trailing window, in complete months")
        case .rankLevel: KeyDeclaration(.number(0.5...0.999), "level of the rank intervals")
        case .draws: KeyDeclaration(.wholeNumber(100...100_000), "seeded draws that ranks are made of")
        case .seed: KeyDeclaration(.wholeNumber(0...Int.max), "seed of the draws")
        case .measures: KeyDeclaration(.sections, required: true, "what is compared")
        }
    }
}

/// Keys of one measure of the contest.
enum ContestMeasureKey: String, SectionKey {
    case id, label, field, family, events, trials, values, better

    static let heading = "Contest measures"

    var declaration: KeyDeclaration {
        switch self {
        case .id: KeyDeclaration(.text, required: true, "its name in the table")
        case .label: KeyDeclaration(.section, required: true, "its name for people")
        case .field: KeyDeclaration(.choice(ContestField.allCases.map(\.rawValue)), required: true, "field of the contest")
        case .family: KeyDeclaration(.choice(["share", "mean"]), required: true, "how it is made of measures")
        case .events: KeyDeclaration(.text, "share: measure of what is counted")
        case .trials: KeyDeclaration(.text, "share: measure of what the events are a part of")
        case .values: KeyDeclaration(.text, "mean: measure with a `value:`")
        case .better: KeyDeclaration(.choice(["more", "less"]), required: true, "whether more or less of it is better")
        }
    }
}

/// Keys of `rules/evaluation.yaml`.
enum EvaluationKey: String, SectionKey {
    case ballots, annualGrades

    static let heading = "Evaluation"

    var declaration: KeyDeclaration {
        switch self {
        case .ballots: KeyDeclaration(.section, "which ballots count")
        case .annualGrades: KeyDeclaration(.section, "how many may be excellent")
        }
    }
}

/// Keys of the ballots that count.
enum BallotsKey: String, SectionKey {
    case citation, measure, windowMonths, straightLine

    static let heading = "Ballots that count"

    var declaration: KeyDeclaration {
        switch self {
        case .citation: KeyDeclaration(.section, required: true, "the rule that says which ballots count")
        case .measure: KeyDeclaration(.text, required: true, "measure of the marks, with a `value:` and a `rater:`")
        case .windowMonths: KeyDeclaration(.wholeNumber(1...120), "the period: so many complete months up to the as-of date")
        case .straightLine:
            KeyDeclaration(.wholeNumber(2...1_000_000), "so many people given one and the same mark, and no other mark by the rater: straight-lining")
        }
    }
}

/// Keys of the annual grades.
enum AnnualGradesKey: String, SectionKey {
    case citation, excellentShare

    static let heading = "Annual grades"

    var declaration: KeyDeclaration {
        switch self {
        case .citation: KeyDeclaration(.section, required: true, "the rule the share comes from")
        case .excellentShare: KeyDeclaration(.number(0...1), "largest share of a unit's grades that may be excellent")
        }
    }
}
