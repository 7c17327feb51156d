enum TriggersKey: String, SectionKey {
    case triggers

    static let heading = "The triggers' file"

    var declaration: KeyDeclaration { KeyDeclaration(.sections, required: true, "the rules that flag by themselves") }
}

/// Keys of one rule trigger.
enum TriggerKey: String, SectionKey {
    case id, statement, citation, disposition, source, `where`, dated, withinMonths, count, consecutive, clearedBy

    static let heading = "Triggers"

    var declaration: KeyDeclaration {
        switch self {
        case .id: KeyDeclaration(.text, required: true, "its name in tables")
        case .statement: KeyDeclaration(.section, required: true, "what it says, for the people who read the flag")
        case .citation: KeyDeclaration(.section, required: true, "the provision it comes from: name, year, article")
        case .disposition: KeyDeclaration(.choice(Disposition.allCases.map(\.rawValue)), required: true, "what is proposed")
        case .source: KeyDeclaration(.choice(SourceRole.allCases.map(\.rawValue)), required: true, "the role whose rows trigger it")
        case .where: KeyDeclaration(.section, required: true, "condition: rows that count towards it")
        case .dated: KeyDeclaration(.text, required: true, "date field that dates a row")
        case .withinMonths: KeyDeclaration(.wholeNumber(1...1200), required: true, "months before the as-of date that are looked at")
        case .count: KeyDeclaration(.wholeNumber(1...1000), "rows that it takes")
        case .consecutive: KeyDeclaration(.section, "rows in successive years that it takes")
        case .clearedBy: KeyDeclaration(.section, required: true, "what would clear it")
        }
    }
}

enum ConsecutiveKey: String, SectionKey {
    case years, field

    static let heading = "Successive years"

    var declaration: KeyDeclaration {
        switch self {
        case .years: KeyDeclaration(.wholeNumber(2...100), required: true, "how many years running")
        case .field: KeyDeclaration(.text, required: true, "whole-number field that holds the year")
        }
    }
}

enum ProtectionsKey: String, SectionKey {
    case longLeave, countingFindings

    static let heading = "Protections"

    var declaration: KeyDeclaration {
        switch self {
        case .longLeave: KeyDeclaration(.section, "absences that leave the exposure")
        case .countingFindings: KeyDeclaration(.choices(PetitionFinding.allCases.map(\.rawValue)), "findings of petitions that count")
        }
    }
}

enum LongLeaveKey: String, SectionKey {
    case kinds, minimumDays

    static let heading = "Long leave"

    var declaration: KeyDeclaration {
        switch self {
        case .kinds: KeyDeclaration(.choices(LeaveKind.allCases.map(\.rawValue)), "kinds of approved leave")
        case .minimumDays: KeyDeclaration(.wholeNumber(1...3660), "days from which an absence is long")
        }
    }
}
