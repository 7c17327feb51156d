/// Reads the file of the six-field contest.
struct ContestReader {
    let catalogue: SourceCatalogue
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> ContestRules {
        let section = YAMLSection<ContestKey>(root, problems)
        var rules = ContestRules(citation: section.label(.citation))
        rules.windowMonths = section.integer(.windowMonths) ?? rules.windowMonths
        rules.rankLevel = section.number(.rankLevel) ?? rules.rankLevel
        rules.draws = section.integer(.draws) ?? rules.draws
        rules.seed = section.integer(.seed) ?? rules.seed
        var lines: [String: Int] = [:]
        for entry in section.sections(.measures, ContestMeasureKey.self) {
            let observation = observation(entry)
            guard let id = entry.text(.id), let field = entry.choice(.field, ContestField.self) else { continue }
            if let line = lines[id] {
                problems.report(
                    .duplicateID, at: entry.place(.id), value: id, "the measure \(id) is there already, in line \(line)", hint: "give each its own id")
                continue
            }
            lines[id] = entry.place(.id).line
            rules.measures.append(
                ContestMeasure(id: id, label: entry.label(.label), field: field, observation: observation, moreIsBetter: entry.text(.better) == "more"))
        }
        return rules
    }

    private func observation(_ section: YAMLSection<ContestMeasureKey>) -> ContestMeasure.Observation {
        guard let family = section.text(.family) else { return .mean(values: "") }
        let needed: [ContestMeasureKey] = family == "share" ? [.events, .trials] : [.values]
        for key in [ContestMeasureKey.events, .trials, .values] {
            switch (needed.contains(key), section.isWritten(key)) {
            case (true, false):
                problems.report(
                    .missingKey, at: section.place, value: key.rawValue, "the key `\(key.rawValue)` is missing, which the family \(family) needs",
                    hint: "it says: \(key.declaration.meaning)")
            case (false, true):
                problems.report(
                    .conflictingKeys, at: section.place(key), "the family \(family) has no `\(key.rawValue)`", hint: "remove it, or choose another family")
            default: break
            }
            guard needed.contains(key), let measure = section.text(key) else { continue }
            catalogue.checkMeasure(measure, needsValue: key == .values, at: section.place(key))
        }
        return family == "share"
            ? .share(events: section.text(.events) ?? "", trials: section.text(.trials) ?? "") : .mean(values: section.text(.values) ?? "")
    }
}

/// Reads the file of ballots and annual grades.
struct EvaluationReader {
    let catalogue: SourceCatalogue
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> EvaluationRules {
        let section = YAMLSection<EvaluationKey>(root, problems)
        var rules = EvaluationRules()
        if let ballots = section.section(.ballots, BallotsKey.self) {
            var written = BallotRules(citation: ballots.label(.citation), measure: ballots.text(.measure) ?? "")
            written.windowMonths = ballots.integer(.windowMonths) ?? written.windowMonths
            written.straightLine = ballots.integer(.straightLine) ?? written.straightLine
            if let measure = ballots.text(.measure) { catalogue.checkMeasure(measure, needsValue: true, at: ballots.place(.measure)) }
            rules.ballots = written
        }
        if let grades = section.section(.annualGrades, AnnualGradesKey.self) {
            var written = AnnualGradeRules(citation: grades.label(.citation))
            written.excellentShare = grades.number(.excellentShare) ?? written.excellentShare
            rules.annualGrades = written
        }
        return rules
    }
}
