/// Keys of `rules/care.yaml`.
enum CareKey: String, SectionKey {
    case hardshipService, annualLeave, overload, promotion

    static let heading = "Care"

    var declaration: KeyDeclaration {
        switch self {
        case .hardshipService: KeyDeclaration(.section, "long service in hardship posts")
        case .annualLeave: KeyDeclaration(.section, "annual leave that was not taken")
        case .overload: KeyDeclaration(.section, "more work than the peers, month after month")
        case .promotion: KeyDeclaration(.section, "what a promotion is")
        }
    }
}

enum HardshipServiceKey: String, SectionKey {
    case minimumGrade, minimumYears, citation

    static let heading = "Hardship service"

    var declaration: KeyDeclaration {
        switch self {
        case .minimumGrade: KeyDeclaration(.wholeNumber(1...5), required: true, "grade of a unit from which its posts are hardship posts")
        case .minimumYears: KeyDeclaration(.number(0...60), required: true, "years in such posts from which service is long")
        case .citation: KeyDeclaration(.section, required: true, "the provision behind the numbers")
        }
    }
}

enum AnnualLeaveKey: String, SectionKey {
    case entitlements, personalDays, exceptKinds, minimumUnused, citation

    static let heading = "Annual leave"

    var declaration: KeyDeclaration {
        switch self {
        case .entitlements: KeyDeclaration(.sections, required: true, "days of leave by years of work, fewest years first")
        case .personalDays: KeyDeclaration(.wholeNumber(1...366), "days of personal leave in a year from which there is no annual leave in it")
        case .exceptKinds: KeyDeclaration(.choices(KindOfBody.allCases.map(\.rawValue)), "kinds of body whose people have other holidays instead")
        case .minimumUnused: KeyDeclaration(.wholeNumber(1...366), "unused days from which somebody is listed")
        case .citation: KeyDeclaration(.section, required: true, "the provision behind the numbers")
        }
    }
}

enum EntitlementKey: String, SectionKey {
    case years, days, sickDays

    static let heading = "Entitlements"

    var declaration: KeyDeclaration {
        switch self {
        case .years: KeyDeclaration(.wholeNumber(0...60), required: true, "completed years of work on 1 January")
        case .days: KeyDeclaration(.wholeNumber(0...366), required: true, "working days of leave in the year")
        case .sickDays: KeyDeclaration(.wholeNumber(1...366), "days of sick leave in a year from which there is no annual leave in it")
        }
    }
}

enum OverloadKey: String, SectionKey {
    case measure, months, level, citation

    static let heading = "Overload"

    var declaration: KeyDeclaration {
        switch self {
        case .measure: KeyDeclaration(.text, required: true, "the measure that counts the work")
        case .months: KeyDeclaration(.wholeNumber(1...12), "complete months running")
        case .level: KeyDeclaration(.number(0.5...0.9999), "level of the peers' funnel limit")
        case .citation: KeyDeclaration(.section, required: true, "the provision behind the numbers")
        }
    }
}

enum PromotionKey: String, SectionKey {
    case months, ladders, citation

    static let heading = "Promotion"

    var declaration: KeyDeclaration {
        switch self {
        case .months: KeyDeclaration(.wholeNumber(1...120), "months before the as-of date in which promotions are counted")
        case .ladders: KeyDeclaration(.sections, required: true, "ladders of ranks")
        case .citation: KeyDeclaration(.section, required: true, "the provision behind the numbers")
        }
    }
}

enum LadderKey: String, SectionKey {
    case ranks

    static let heading = "Ladders"

    var declaration: KeyDeclaration {
        switch self {
        case .ranks: KeyDeclaration(.texts, required: true, "ranks as the HR system writes them, lowest first")
        }
    }
}
