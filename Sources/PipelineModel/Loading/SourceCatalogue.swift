/// What the contracts of a pipeline offer to its indicators and triggers.
struct SourceCatalogue {
    let contracts: [SourceContract]
    /// Whether every file of the sources' folder could be read; if not, a missing contract may be one of those.
    let isComplete: Bool
    let problems: ConfigurationProblems

    /// Checks that a contract offers a measure.
    ///
    /// - Parameter needsValue: Whether the measure's values are averaged, so that it must sum some.
    func checkMeasure(_ name: String, needsValue: Bool, at place: YAMLPlace) {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let role = SourceRole(rawValue: parts[0]) else {
            problems.report(
                .unknownMeasure, at: place, value: name, "\(name) is not a measure: its name is a role, a dot, and the measure's key in the contract",
                hint: NearestName.hint(for: parts[0], among: SourceRole.allCases.map(\.rawValue)))
            return
        }
        let ofRole = contracts.filter { $0.role == role }
        guard !ofRole.isEmpty else {
            warnOfMissingContract(role, "\(name) is not observed", at: place)
            return
        }
        let measures = ofRole.flatMap(\.measures)
        guard let measure = measures.first(where: { $0.name == name }) else {
            let known = Set(measures.map(\.name)).sorted()
            problems.report(
                .unknownMeasure, at: place, value: name, "no contract of \(role.rawValue) has the measure \(parts[1])",
                hint: known.isEmpty ? "add it under `measures:` of the contract" : NearestName.hint(for: name, among: known))
            return
        }
        if let unfounded = measures.first(where: { $0.name == name && PetitionGuard.countsUnfounded($0, role: role) }) {
            PetitionGuard.report(unfounded, at: place, problems)
        }
        if needsValue, measure.value == nil {
            problems.report(
                .measureWithoutValue, at: place, value: name, "\(name) counts rows and has no values to take a mean of", hint: "give the measure a `value:`")
        }
    }

    /// The fields that any contract of the role maps; `nil`, with a warning, where the role has no contract.
    func fields(of role: SourceRole, at place: YAMLPlace) -> MappedFields? {
        let ofRole = contracts.filter { $0.role == role }
        if ofRole.isEmpty { warnOfMissingContract(role, "the rule never triggers", at: place) }
        return ofRole.isEmpty ? nil : MappedFields(role: role, mapped: Set(ofRole.flatMap { $0.columns.map(\.field) }), problems: problems)
    }

    private func warnOfMissingContract(_ role: SourceRole, _ consequence: String, at place: YAMLPlace) {
        guard isComplete else { return }
        problems.report(
            .sourceWithoutContract, .warning, at: place, value: role.rawValue, "there is no contract of \(role.rawValue), so \(consequence)",
            hint: "add a contract to the sources' folder, if there is such an export")
    }
}
