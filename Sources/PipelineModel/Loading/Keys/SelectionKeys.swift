/// Keys of `rules/targets.yaml`.
enum TargetsKey: String, SectionKey {
    case trend, targets

    static let heading = "Structure targets"

    var declaration: KeyDeclaration {
        switch self {
        case .trend: KeyDeclaration(.section, "how the pace of a share is read from earlier nights")
        case .targets: KeyDeclaration(.sections, required: true, "the shares and what they are to reach")
        }
    }
}

/// Keys of one target.
enum TargetKey: String, SectionKey {
    case id, label, citation, mechanism, share, among, meets, everHeld

    static let heading = "Targets of a share"

    var declaration: KeyDeclaration {
        switch self {
        case .id: KeyDeclaration(.text, required: true, "its name in tables")
        case .label: KeyDeclaration(.section, required: true, "its name for people")
        case .citation: KeyDeclaration(.section, required: true, "the provision that asks for it")
        case .mechanism: KeyDeclaration(.choice(Mechanism.allCases.map(\.rawValue)), "mechanism of the opinion under which its progress is shown")
        case .share: KeyDeclaration(.number(0.0001...1), required: true, "what the share is to reach")
        case .among: KeyDeclaration(.section, required: true, "condition on a cadre in post: the denominator")
        case .meets: KeyDeclaration(.section, "condition on a cadre in post: who of these counts")
        case .everHeld: KeyDeclaration(.section, "condition on a held post: one that those who count held before the present one")
        }
    }
}

/// Keys of the trend of shares.
enum TrendKey: String, SectionKey {
    case minimumWeeks, weeks, level, horizonYears

    static let heading = "The trend of a share"

    var declaration: KeyDeclaration {
        switch self {
        case .minimumWeeks: KeyDeclaration(.wholeNumber(3...520), "weeks that must have a night before a pace is said")
        case .weeks: KeyDeclaration(.wholeNumber(3...520), "weeks that are looked back")
        case .level: KeyDeclaration(.number(0.5...0.999), "confidence of the pace and the date")
        case .horizonYears: KeyDeclaration(.wholeNumber(1...100), "years after which a date is not in sight")
        }
    }
}

/// Keys of `rules/selection.yaml`.
enum SelectionKey: String, SectionKey {
    case secretary, countyTeam, municipalTeam, windowFromYears, windowToYears, citation

    static let heading = "Township secretaries"

    var declaration: KeyDeclaration {
        switch self {
        case .secretary: KeyDeclaration(.section, required: true, "condition on a held post: which are those of a township's Party secretary")
        case .countyTeam: KeyDeclaration(.section, required: true, "condition on a held post: which are in a county's leadership team")
        case .municipalTeam: KeyDeclaration(.section, "condition on a held post: which are in the leadership team of a municipal organ")
        case .windowFromYears: KeyDeclaration(.number(0...50), "years as secretary from which promotion is considered")
        case .windowToYears: KeyDeclaration(.number(0...50), "years up to which it is")
        case .citation: KeyDeclaration(.section, required: true, "the provision")
        }
    }
}

/// Keys of a scheme's limits of service in one place.
enum RotationKey: String, SectionKey {
    case postYears, unitYears, postTypes, horizonMonths, citation

    static let heading = "Rotation"

    var declaration: KeyDeclaration {
        switch self {
        case .postYears: KeyDeclaration(.number(0.5...60), "years in one post")
        case .unitYears: KeyDeclaration(.number(0.5...60), "years in one unit, whatever the posts")
        case .postTypes: KeyDeclaration(.texts, "types of post that are limited")
        case .horizonMonths: KeyDeclaration(.wholeNumber(0...240), "months before the limit from which somebody is listed")
        case .citation: KeyDeclaration(.section, required: true, "the provision")
        }
    }
}
