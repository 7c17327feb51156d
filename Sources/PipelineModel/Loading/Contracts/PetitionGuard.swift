/// Guard rail 4: a pending, unfounded, mistaken or malicious accusation counts as nothing, not even in volume.
enum PetitionGuard {
    /// Whether a measure of petitions may count an accusation that was not found true.
    static func countsUnfounded(_ measure: Measure, role: SourceRole?) -> Bool {
        guard role == .petitions else { return false }
        let findings = PetitionFinding.allCases.filter { !$0.counts }.map(\.rawValue) + [nil]
        return findings.contains { finding in
            [PetitionKind.accusation.rawValue, nil].contains { kind in
                (measure.condition ?? .all([])).certainty(knowing: ["finding": finding, "kind": kind]) != .never
            }
        }
    }

    static func report(_ measure: Measure, at place: YAMLPlace, _ problems: ConfigurationProblems) {
        problems.report(
            .unfoundedPetitionsCount, at: place, value: measure.name,
            "\(measure.name) may count accusations that were not found true, and those count as nothing",
            hint: "in its `where:`, join the rest by all: with {field: finding, in: [substantiated, partlySubstantiated]}")
    }
}

/// Whether something holds, when not everything is known.
enum Certainty: Sendable {
    case never, sometimes, always
}

extension Condition {
    /// Whether the condition holds for rows of which some fields are known.
    ///
    /// - Parameter known: Codes by field; `nil` for a field that is missing.
    func certainty(knowing known: [String: String?]) -> Certainty {
        switch self {
        case .all(let parts):
            let parts = parts.map { $0.certainty(knowing: known) }
            return parts.contains(.never) ? .never : parts.allSatisfy { $0 == .always } ? .always : .sometimes
        case .any(let parts):
            let parts = parts.map { $0.certainty(knowing: known) }
            return parts.contains(.always) ? .always : parts.allSatisfy { $0 == .never } ? .never : .sometimes
        case .not(let part):
            switch part.certainty(knowing: known) {
            case .never: return .always
            case .sometimes: return .sometimes
            case .always: return .never
            }
        case .isOne(let field, let values):
            guard let code = known[field] else { return .sometimes }
            return code.map(values.contains) ?? false ? .always : .never
        case .missing(let field):
            guard let code = known[field] else { return .sometimes }
            return code == nil ? .always : .never
        default: return .sometimes
        }
    }
}
