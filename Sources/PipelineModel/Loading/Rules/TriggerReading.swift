/// Reads the triggers' file.
struct TriggerReader {
    let catalogue: SourceCatalogue
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> [RuleTrigger] {
        var triggers: [RuleTrigger] = []
        var lines: [String: Int] = [:]
        for section in YAMLSection<TriggersKey>(root, problems).sections(.triggers, TriggerKey.self) {
            let trigger = trigger(section)
            guard let trigger, let id = section.text(.id) else { continue }
            if let line = lines[id] {
                problems.report(
                    .duplicateID, at: section.place(.id), value: id, "the trigger \(id) is there already, in line \(line)", hint: "give each its own id")
                continue
            }
            lines[id] = section.place(.id).line
            triggers.append(trigger)
        }
        return triggers
    }

    /// One trigger; every fault is reported, and `nil` stands for one that could not be told.
    private func trigger(_ section: YAMLSection<TriggerKey>) -> RuleTrigger? {
        let (statement, citation, clearedBy) = (section.label(.statement), section.label(.citation), section.label(.clearedBy))
        let consecutive = section.section(.consecutive, ConsecutiveKey.self)
        checkPattern(section)
        guard let role = section.choice(.source, SourceRole.self) else { return nil }
        if let contract = catalogue.contracts.first(where: { $0.role == role && $0.keep == .facts }) {
            problems.report(
                .triggerOnFacts, at: section.place(.source), value: role.rawValue,
                "\(role.rawValue) keeps facts (\(contract.configurationFile)), and a trigger needs rows", hint: "write `keep: rows` in the contract")
        }
        // Without a contract, what the role itself has is all that can be checked.
        let fields =
            catalogue.fields(of: role, at: section.place(.source))
            ?? MappedFields(role: role, mapped: Set(role.fields.map(\.name)), problems: problems)
        let condition = section.node(.where).flatMap(ConditionReader(fields: fields, allowsAsOf: true, keepsFacts: false).read)
        if let dated = section.text(.dated) { fields.dayField(dated, at: section.place(.dated)) }
        var pattern = RuleTrigger.Pattern.count(section.integer(.count) ?? 1)
        if let consecutive, let name = consecutive.text(.field) {
            pattern = .consecutive(consecutive.integer(.years) ?? 2, field: name)
            if let field = fields.field(name, at: consecutive.place(.field)), field.type != .integer {
                problems.report(
                    .fieldOfOtherType, at: consecutive.place(.field), value: name, "\(name) is not a whole number, as years running need",
                    hint: "whole numbers of \(role.rawValue): " + role.fields.filter { $0.type == .integer }.map(\.name).joined(separator: ", "))
            }
        }
        return RuleTrigger(
            id: section.text(.id) ?? "", statement: statement, citation: citation, disposition: section.choice(.disposition, Disposition.self) ?? .supportTalk,
            source: role, condition: condition ?? .all([]), dateField: section.text(.dated) ?? "", withinMonths: section.integer(.withinMonths) ?? 1,
            pattern: pattern, clearedBy: clearedBy)
    }

    private func checkPattern(_ section: YAMLSection<TriggerKey>) {
        switch (section.isWritten(.count), section.isWritten(.consecutive)) {
        case (false, false):
            problems.report(.missingKey, at: section.place, "the trigger has neither `count` nor `consecutive`", hint: "say how many rows it takes: count: 1")
        case (true, true):
            problems.report(
                .conflictingKeys, at: section.place(.consecutive), "the trigger has both `count` and `consecutive`",
                hint: "keep one; two rules make two triggers")
        default: break
        }
    }
}
