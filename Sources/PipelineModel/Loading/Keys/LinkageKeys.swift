/// Keys of `rules/linkage.yaml`.
enum LinkageKey: String, SectionKey {
    case linkAbove, reviewAbove, nearDays, titles

    static let heading = "Linkage"

    var declaration: KeyDeclaration {
        switch self {
        case .linkAbove: KeyDeclaration(.number(0.5...1), "probability from which a target in words counts for a cadre")
        case .reviewAbove: KeyDeclaration(.number(0...1), "probability from which a person is asked")
        case .nearDays: KeyDeclaration(.wholeNumber(0...3660), "days around a tenure in which the cadre may still, or already, be called by it")
        case .titles: KeyDeclaration(.texts, "words that end a title")
        }
    }
}
