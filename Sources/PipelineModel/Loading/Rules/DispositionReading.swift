/// Reads the file of the disposition rules.
struct DispositionReader {
    /// Ids of the pipeline's indicators; `nil` where their file is broken, and nothing can be said of them.
    let indicators: [String]?
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> DispositionRules {
        let section = YAMLSection<DispositionsKey>(root, problems)
        var rules = DispositionRules()
        rules.dimensionConcernBelow = section.number(.dimensionConcernBelow) ?? rules.dimensionConcernBelow
        var lines: [String: Int] = [:]
        for item in section.sections(.rules, DispositionRuleKey.self) {
            let rule = rule(item)
            guard let id = item.text(.id) else { continue }
            if let line = lines[id] {
                problems.report(.duplicateID, at: item.place(.id), value: id, "the rule \(id) is there already, in line \(line)", hint: "give each its own id")
                continue
            }
            lines[id] = item.place(.id).line
            rules.rules.append(rule)
        }
        return rules
    }

    private func rule(_ section: YAMLSection<DispositionRuleKey>) -> DispositionRule {
        var rule = DispositionRule(
            id: section.text(.id) ?? "", disposition: section.choice(.disposition, Disposition.self) ?? .supportTalk,
            statement: section.label(.statement), citation: section.label(.citation))
        rule.contrastProbability = section.number(.contrastProbability)
        rule.previousPostConcernBelow = section.number(.previousPostConcernBelow)
        rule.specialties = section.has(.specialties) ? specialties(section.entries(.specialties)) : nil
        rule.clear = section.choices(.clear, Dimension.self) ?? []
        rule.drivenBy = section.choices(.drivenBy, Dimension.self) ?? []
        rule.eventsOf = section.texts(.eventsOf)
        rule.previousWindowConcernAbove = section.number(.previousWindowConcernAbove)
        rule.concernedDimensions = section.integer(.concernedDimensions)
        rule.triggers = section.choices(.triggers, Disposition.self) ?? []
        if let warning = section.section(.warning, EarlierWarningKey.self) {
            rule.warning = DispositionRule.EarlierWarning(
                kinds: warning.choices(.kinds, WarningKind.self) ?? WarningKind.allCases, withinMonths: warning.integer(.withinMonths) ?? 1,
                uncorrected: warning.flag(.uncorrected) ?? false)
        }
        checkIndicators(section)
        // Adjustment comes after warnings went uncorrected: no configuration may propose the hardest first.
        if rule.disposition == .recall, !section.isWritten(.warning), !section.isWritten(.triggers) {
            problems.report(
                .recallWithoutWarning, at: section.place(.disposition), value: rule.id,
                "the rule proposes recall for people who were never warned", hint: "ask for a `warning` or for `triggers` in the rule")
        }
        return rule
    }

    private func specialties(_ entries: [YAMLEntry]) -> [String: [String]] {
        var specialties: [String: [String]] = [:]
        for entry in entries {
            guard let value = KeyType.texts.checked(entry.value, problems) else { continue }
            specialties[entry.key] = value.items.compactMap(\.scalar)
        }
        return specialties
    }

    private func checkIndicators(_ section: YAMLSection<DispositionRuleKey>) {
        guard let indicators else { return }
        for node in section.items(.eventsOf) {
            guard let id = node.scalar, !indicators.contains(id) else { continue }
            problems.report(
                .unknownIndicator, at: node.place, value: id, "there is no indicator \(id)", hint: NearestName.hint(for: id, among: indicators))
        }
    }
}
