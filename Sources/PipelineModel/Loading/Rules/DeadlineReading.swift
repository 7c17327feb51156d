/// Reads the file of the deadlines.
struct DeadlineReader {
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> Deadlines? {
        guard let section = YAMLSection<DeadlinesKey>(root, problems).section(.petitions, PetitionDeadlinesKey.self) else { return nil }
        var petitions = PetitionDeadlines(citation: section.label(.citation))
        petitions.windowMonths = section.integer(.windowMonths) ?? petitions.windowMonths
        petitions.acceptWithinDays = section.integer(.acceptWithinDays) ?? petitions.acceptWithinDays
        petitions.closeWithinDays = section.integer(.closeWithinDays) ?? petitions.closeWithinDays
        petitions.extensionDays = section.integer(.extensionDays) ?? petitions.extensionDays
        return Deadlines(petitions: petitions)
    }
}
