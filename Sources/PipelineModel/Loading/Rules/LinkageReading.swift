/// Reads the file of the linkage.
struct LinkageReader {
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> LinkageRules {
        let section = YAMLSection<LinkageKey>(root, problems)
        var rules = LinkageRules()
        rules.linkAbove = section.number(.linkAbove) ?? rules.linkAbove
        rules.reviewAbove = section.number(.reviewAbove) ?? rules.reviewAbove
        rules.nearDays = section.integer(.nearDays) ?? rules.nearDays
        if section.has(.titles) { rules.titles = section.texts(.titles) }
        if rules.reviewAbove > rules.linkAbove {
            problems.report(
                .boundsReversed, at: section.place(section.has(.reviewAbove) ? .reviewAbove : .linkAbove), value: "\(rules.reviewAbove)",
                "`reviewAbove` \(rules.reviewAbove) is over `linkAbove` \(rules.linkAbove), so nobody could be asked",
                hint: "a person is asked about what is too doubtful to link and too likely to drop")
        }
        return rules
    }
}
