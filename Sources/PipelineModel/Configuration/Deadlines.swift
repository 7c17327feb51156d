/// Within how many days duties must be done. `pipelines/rules/deadlines.yaml`.
public struct Deadlines: Hashable, Sendable {
    public var petitions: PetitionDeadlines

    public init(petitions: PetitionDeadlines) {
        self.petitions = petitions
    }
}

/// How soon a petition must be accepted and closed, and the regulation that says so.
public struct PetitionDeadlines: Hashable, Sendable {
    /// The regulation: name and year.
    public var citation: BilingualText
    /// Length of the trailing window of petitions that are looked at, in complete months.
    public var windowMonths: Int
    /// Days from receipt to acceptance.
    public var acceptWithinDays: Int
    /// Days from acceptance to closing.
    public var closeWithinDays: Int
    /// Days of the one extension that may be granted.
    public var extensionDays: Int

    public init(citation: BilingualText, windowMonths: Int = 12, acceptWithinDays: Int = 15, closeWithinDays: Int = 60, extensionDays: Int = 30) {
        self.citation = citation
        self.windowMonths = windowMonths
        self.acceptWithinDays = acceptWithinDays
        self.closeWithinDays = closeWithinDays
        self.extensionDays = extensionDays
    }
}
