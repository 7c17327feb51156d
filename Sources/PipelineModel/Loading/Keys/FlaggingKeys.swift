/// Keys of `rules/flagging.yaml`.
enum FlaggingKey: String, SectionKey {
    case falseFlagRate, watchRate, commendRate, clearBelow

    static let heading = "Flagging"

    var declaration: KeyDeclaration {
        switch self {
        case .falseFlagRate: KeyDeclaration(.number(0...0.5), "promised share of wrong names among the flagged")
        case .watchRate: KeyDeclaration(.number(0...0.9), "the same for the watch list")
        case .commendRate: KeyDeclaration(.number(0...0.5), "promised share of wrong names among the commended")
        case .clearBelow: KeyDeclaration(.number(0...1), "probability of concern under which a standing flag is cleared")
        }
    }
}

/// Keys of `rules/dispositions.yaml`.
enum DispositionsKey: String, SectionKey {
    case dimensionConcernBelow, rules

    static let heading = "Dispositions"

    var declaration: KeyDeclaration {
        switch self {
        case .dimensionConcernBelow: KeyDeclaration(.number(-5...0), "standing under which a dimension is of concern")
        case .rules: KeyDeclaration(.sections, required: true, "the rules in order; the first that holds decides")
        }
    }
}

/// Keys of one disposition rule.
enum DispositionRuleKey: String, SectionKey {
    case id, disposition, statement, citation, contrastProbability, previousPostConcernBelow, specialties, clear, drivenBy, eventsOf
    case previousWindowConcernAbove, concernedDimensions, warning, triggers

    static let heading = "Disposition rules"

    var declaration: KeyDeclaration {
        switch self {
        case .id: KeyDeclaration(.text, required: true, "its name")
        case .disposition: KeyDeclaration(.choice(Disposition.allCases.map(\.rawValue)), required: true, "what is proposed")
        case .statement: KeyDeclaration(.section, required: true, "what it says, for the people who read the flag")
        case .citation: KeyDeclaration(.section, required: true, "the provision it comes from: name, year, article")
        case .contrastProbability: KeyDeclaration(.number(0...1), "the previous post of another type went better with more than this probability")
        case .previousPostConcernBelow: KeyDeclaration(.number(0...1), "the probability of concern in that post was under this")
        case .specialties: KeyDeclaration(.entries, "by type of post, the specialties that fit it")
        case .clear: KeyDeclaration(.choices(Dimension.allCases.map(\.rawValue)), "dimensions that must not be of concern")
        case .drivenBy: KeyDeclaration(.choices(Dimension.allCases.map(\.rawValue)), "dimensions of which one must pull the composite down most")
        case .eventsOf: KeyDeclaration(.texts, "indicators of which one must have counted an event")
        case .previousWindowConcernAbove: KeyDeclaration(.number(0...1), "the probability of concern in the window before was above this")
        case .concernedDimensions: KeyDeclaration(.wholeNumber(1...5), "how many dimensions at least must be of concern")
        case .warning: KeyDeclaration(.section, "a graded warning before")
        case .triggers:
            KeyDeclaration(.choices(Disposition.allCases.map(\.rawValue)), "a rule trigger proposes one of these tonight")
        }
    }
}

/// Keys of the earlier warning that a disposition rule asks for.
enum EarlierWarningKey: String, SectionKey {
    case kinds, withinMonths, uncorrected

    static let heading = "Earlier warnings"

    var declaration: KeyDeclaration {
        switch self {
        case .kinds: KeyDeclaration(.choices(WarningKind.allCases.map(\.rawValue)), "kinds of warning")
        case .withinMonths: KeyDeclaration(.wholeNumber(1...1200), required: true, "months before the as-of date in which it was given")
        case .uncorrected: KeyDeclaration(.flag, "whether its required correction must be overdue")
        }
    }
}
