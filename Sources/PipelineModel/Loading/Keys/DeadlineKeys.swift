/// Keys of `rules/deadlines.yaml`.
enum DeadlinesKey: String, SectionKey {
    case petitions

    static let heading = "Deadlines"

    var declaration: KeyDeclaration {
        switch self {
        case .petitions: KeyDeclaration(.section, required: true, "how soon petitions must be accepted and closed")
        }
    }
}

/// Keys of the deadlines of petitions.
enum PetitionDeadlinesKey: String, SectionKey {
    case citation, windowMonths, acceptWithinDays, closeWithinDays, extensionDays

    static let heading = "Deadlines of petitions"

    var declaration: KeyDeclaration {
        switch self {
        case .citation: KeyDeclaration(.section, required: true, "the regulation the numbers come from: name and year")
        case .windowMonths: KeyDeclaration(.wholeNumber(1...120), "length of the window of petitions looked at, in complete months")
        case .acceptWithinDays: KeyDeclaration(.wholeNumber(1...3660), "days from receipt to acceptance")
        case .closeWithinDays: KeyDeclaration(.wholeNumber(1...3660), "days from acceptance to closing")
        case .extensionDays: KeyDeclaration(.wholeNumber(0...3660), "days of the one extension that may be granted")
        }
    }
}
