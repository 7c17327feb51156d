/// Reads the files of the structure targets and of the township secretaries, and a scheme's rotation.
struct SelectionReader {
    let problems: ConfigurationProblems

    func targets(_ root: YAMLNode) -> TargetRules {
        let section = YAMLSection<TargetsKey>(root, problems)
        var rules = TargetRules()
        if let trend = section.section(.trend, TrendKey.self) {
            rules.trend.minimumWeeks = trend.integer(.minimumWeeks) ?? rules.trend.minimumWeeks
            rules.trend.weeks = trend.integer(.weeks) ?? rules.trend.weeks
            rules.trend.level = trend.number(.level) ?? rules.trend.level
            rules.trend.horizonYears = trend.integer(.horizonYears) ?? rules.trend.horizonYears
            if rules.trend.weeks < rules.trend.minimumWeeks {
                problems.report(
                    .boundsReversed, at: trend.place(trend.has(.weeks) ? .weeks : .minimumWeeks), value: "\(rules.trend.weeks)",
                    "`weeks` \(rules.trend.weeks) is under `minimumWeeks` \(rules.trend.minimumWeeks), so a pace would never be said")
            }
        }
        var lines: [String: Int] = [:]
        for item in section.sections(.targets, TargetKey.self) {
            let target = target(item)
            guard let target, let id = item.text(.id) else { continue }
            if let line = lines[id] {
                problems.report(
                    .duplicateID, at: item.place(.id), value: id, "the target \(id) is there already, in line \(line)", hint: "give each its own id")
                continue
            }
            lines[id] = item.place(.id).line
            rules.targets.append(target)
        }
        return rules
    }

    func selection(_ root: YAMLNode) -> SelectionRules? {
        let section = YAMLSection<SelectionKey>(root, problems)
        let (secretary, team) = (read(section.node(.secretary), .heldPost), read(section.node(.countyTeam), .heldPost))
        let municipal = read(section.node(.municipalTeam), .heldPost)
        let citation = section.label(.citation)
        guard let secretary, let team else { return nil }
        var rules = SelectionRules(secretary: secretary, countyTeam: team, municipalTeam: municipal, citation: citation)
        rules.windowFromYears = section.number(.windowFromYears) ?? rules.windowFromYears
        rules.windowToYears = section.number(.windowToYears) ?? rules.windowToYears
        if rules.windowToYears < rules.windowFromYears {
            problems.report(
                .boundsReversed, at: section.place(section.has(.windowToYears) ? .windowToYears : .windowFromYears), value: "\(rules.windowToYears)",
                "`windowToYears` \(rules.windowToYears) is under `windowFromYears` \(rules.windowFromYears)")
        }
        return rules
    }

    func rotation(_ section: YAMLSection<RotationKey>) -> RotationLimits {
        if !section.isWritten(.postYears), !section.isWritten(.unitYears) {
            problems.report(.missingKey, at: section.place, "`rotation` has neither `postYears` nor `unitYears`", hint: "write at least one, or no `rotation`")
        }
        return RotationLimits(
            postYears: section.number(.postYears), unitYears: section.number(.unitYears), postTypes: section.texts(.postTypes),
            horizonMonths: section.integer(.horizonMonths) ?? 12, citation: section.label(.citation))
    }

    private func target(_ item: YAMLSection<TargetKey>) -> StructureTarget? {
        let (label, citation) = (item.label(.label), item.label(.citation))
        let among = read(item.node(.among), .cadreInPost)
        let (meets, everHeld) = (read(item.node(.meets), .cadreInPost), read(item.node(.everHeld), .heldPost))
        if !item.isWritten(.meets), !item.isWritten(.everHeld) {
            problems.report(
                .missingKey, at: item.place, "the target has neither `meets` nor `everHeld`, so everybody would count", hint: "say who counts")
        }
        guard let id = item.text(.id), let share = item.number(.share), let among else { return nil }
        return StructureTarget(
            id: id, label: label, citation: citation, mechanism: item.choice(.mechanism, Mechanism.self) ?? .selection, share: share, among: among,
            meets: meets, everHeld: everHeld)
    }

    private func read(_ node: YAMLNode?, _ fields: FieldSet) -> Condition? {
        node.flatMap(ConditionReader(fields: MappedFields(fields, problems: problems), allowsAsOf: true, keepsFacts: false).read)
    }
}
