/// Reads the file of the flagging rates.
struct FlaggingReader {
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> FlaggingRules {
        let section = YAMLSection<FlaggingKey>(root, problems)
        var rules = FlaggingRules()
        rules.falseFlagRate = section.number(.falseFlagRate) ?? rules.falseFlagRate
        rules.watchRate = section.number(.watchRate) ?? rules.watchRate
        rules.commendRate = section.number(.commendRate) ?? rules.commendRate
        rules.clearBelow = section.number(.clearBelow) ?? rules.clearBelow
        if rules.watchRate < rules.falseFlagRate {
            problems.report(
                .boundsReversed, at: section.place(section.has(.watchRate) ? .watchRate : .falseFlagRate), value: "\(rules.watchRate)",
                "`watchRate` \(rules.watchRate) is under `falseFlagRate` \(rules.falseFlagRate), so nobody could be watched who is not flagged",
                hint: "the watch list takes in more people than the flags do")
        }
        return rules
    }
}
