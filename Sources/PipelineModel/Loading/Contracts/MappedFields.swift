/// A role's fields as one contract, or all contracts of the role, map them; or fields that no contract maps.
struct MappedFields {
    let set: FieldSet
    /// `nil` where the fields are no role's.
    let role: SourceRole?
    var mapped: Set<String>
    let problems: ConfigurationProblems

    init(role: SourceRole, mapped: Set<String>, problems: ConfigurationProblems) {
        (set, self.role, self.mapped, self.problems) = (role.fieldSet, role, mapped, problems)
    }

    /// Fields that are always there.
    init(_ set: FieldSet, problems: ConfigurationProblems) {
        (self.set, role, mapped, self.problems) = (set, nil, Set(set.fields.map(\.name)), problems)
    }

    /// Fields of the roster that are mapped for the fairness report alone (guard rail 7).
    private static let fairnessFields: Set = ["sex", "birth_date", "ethnic_group"]

    /// A field that something else in the contract stands on. It must be the role's and be mapped; either fault is reported.
    ///
    /// - Returns: The field, also where it is not mapped; `nil` where there is none of the name.
    func field(_ name: String, at place: YAMLPlace) -> SourceField? {
        guard let field = known(name, at: place) else { return nil }
        if role == .roster, MappedFields.fairnessFields.contains(name) {
            problems.report(
                .fairnessFieldUsed, at: place, value: name, "\(name) feeds the fairness report and nothing else; no condition, rule or measure may look at it",
                hint: "do without it; map the column, and fairness_audit.csv shows how flags fall on its groups")
            return nil
        }
        if !mapped.contains(name) {
            problems.report(
                .fieldNotMapped, at: place, value: name, "the field \(name) is used here, but no column is mapped to it",
                hint: "map a column to it under `columns:`, or do without it here")
        }
        return field
    }

    /// A date or timestamp field that something else stands on.
    func dayField(_ name: String, at place: YAMLPlace) {
        guard let field = field(name, at: place), !field.type.hasDay else { return }
        problems.report(.fieldOfOtherType, at: place, value: name, "\(name) is not a date", hint: "dates of \(set.name): " + names { $0.hasDay })
    }

    /// A number field that something else stands on.
    func numberField(_ name: String, at place: YAMLPlace) {
        guard let field = field(name, at: place), !field.type.isNumber else { return }
        problems.report(.fieldOfOtherType, at: place, value: name, "\(name) is not a number", hint: "numbers of \(set.name): " + names { $0.isNumber })
    }

    /// A text field that something else stands on.
    func textField(_ name: String, at place: YAMLPlace) {
        guard let field = field(name, at: place), field.type != .text else { return }
        problems.report(.fieldOfOtherType, at: place, value: name, "\(name) is not text", hint: "texts of \(set.name): " + names { $0 == .text })
    }

    /// One of the fields; anything else is reported.
    func known(_ name: String, at place: YAMLPlace) -> SourceField? {
        if let index = set.index(of: name) { return set.fields[index] }
        problems.report(
            .unknownField, at: place, value: name, "\(set.name) has no field \(name)", hint: NearestName.hint(for: name, among: set.fields.map(\.name)))
        return nil
    }

    /// Our code of an export's word, where somebody wrote the word instead: `substantiated` for 属实.
    func code(ofWord word: String, in field: String) -> String? {
        guard let index = set.index(of: field), case .category(let category) = set.fields[index].type else { return nil }
        return category.chinese.firstIndex(of: word).map { category.codes[$0] }
    }

    private func names(_ accept: (FieldType) -> Bool) -> String {
        let names = set.fields.filter { accept($0.type) }.map(\.name)
        return names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}

extension FieldType {
    /// Whether the value has a day: dates and timestamps.
    var hasDay: Bool { self == .date || self == .timestamp }

    /// Whether the value can be summed.
    var isNumber: Bool {
        switch self {
        case .integer, .decimal: true
        default: false
        }
    }

    /// Whether the value is a text that facts do not keep.
    var isText: Bool { self == .text || self == .identityNumber }
}
