/// Reads the protections' file.
struct ProtectionReader {
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> ProtectionRules {
        let section = YAMLSection<ProtectionsKey>(root, problems)
        var rules = ProtectionRules()
        if let longLeave = section.section(.longLeave, LongLeaveKey.self) {
            rules.longLeaveKinds = longLeave.choices(.kinds, LeaveKind.self) ?? rules.longLeaveKinds
            rules.longLeaveMinimumDays = longLeave.integer(.minimumDays) ?? rules.longLeaveMinimumDays
        }
        rules.countingFindings = section.choices(.countingFindings, PetitionFinding.self) ?? rules.countingFindings
        for node in section.items(.countingFindings) {
            guard let finding = node.scalar.flatMap(PetitionFinding.init), !finding.counts else { continue }
            problems.report(
                .findingMustNotCount, at: node.place, value: finding.rawValue,
                "a petition that is \(finding.rawValue) (\(finding.chinese)) counts as nothing, and no configuration can change that",
                hint: "only " + PetitionFinding.allCases.filter(\.counts).map(\.rawValue).joined(separator: " and ") + " may be listed")
        }
        return rules
    }
}
