/// Reads the review rules' file.
struct ReviewReader {
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> ReviewRules {
        let section = YAMLSection<ReviewsKey>(root, problems)
        var rules = ReviewRules()
        if section.has(.fitnessChecks) { rules.fitnessChecks = checks(section) }
        rules.newMonthsOfMarks = section.integer(.newMonthsOfMarks) ?? rules.newMonthsOfMarks
        if let outcomes = section.section(.outcomes, OutcomesKey.self) {
            rules.outcomes.matches = outcomes.integer(.matches) ?? rules.outcomes.matches
            rules.outcomes.caliper = outcomes.number(.caliper) ?? rules.outcomes.caliper
            rules.outcomes.minimumCases = outcomes.integer(.minimumCases) ?? rules.outcomes.minimumCases
            rules.outcomes.level = outcomes.number(.level) ?? rules.outcomes.level
        }
        return rules
    }

    private func checks(_ section: YAMLSection<ReviewsKey>) -> [ReviewRules.FitnessCheck] {
        var checks: [ReviewRules.FitnessCheck] = []
        for item in section.sections(.fitnessChecks, FitnessCheckKey.self) {
            guard let disposition = item.choice(.disposition, Disposition.self) else { continue }
            let check = ReviewRules.FitnessCheck(
                disposition: disposition, fromMonths: item.integer(.fromMonths) ?? 0, toMonths: item.integer(.toMonths) ?? 1, citation: item.label(.citation))
            if checks.contains(where: { $0.disposition == disposition }) {
                problems.report(
                    .duplicateID, at: item.place(.disposition), value: disposition.rawValue, "\(disposition.rawValue) has a fitness check already",
                    hint: "keep one for each disposition")
            }
            if item.has(.fromMonths), item.has(.toMonths), check.toMonths < check.fromMonths {
                problems.report(
                    .boundsReversed, at: item.place(.toMonths), value: "\(check.toMonths)",
                    "the check would have to be made before it may be: `toMonths` \(check.toMonths) is under `fromMonths` \(check.fromMonths)")
            }
            checks.append(check)
        }
        return checks
    }
}
