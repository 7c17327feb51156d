public import PipelineModel

/// The values of a row by the names of its role's fields.
public struct NamedFields {
    private let values: [FieldValue]
    private let role: SourceRole

    /// The fields of a row of a role.
    public init(_ row: SourceRow, _ role: SourceRole) {
        values = row.values
        self.role = role
    }

    private func value(_ field: String) -> FieldValue {
        role.index(of: field).map { values[$0] } ?? .missing
    }

    /// A text; `nil` where it is missing.
    public func text(_ field: String) -> String? {
        if case .text(let text) = value(field) { return text }
        return nil
    }

    /// A whole number; `nil` where it is missing.
    public func integer(_ field: String) -> Int? {
        if case .integer(let number) = value(field) { return Int(number) }
        return nil
    }

    /// A number with decimals, in units of the last one; `nil` where it is missing.
    public func decimal(_ field: String) -> Int64? {
        if case .decimal(let number) = value(field) { return number }
        return nil
    }

    /// A day, or a timestamp's day; `nil` where it is missing.
    public func day(_ field: String) -> CalendarDate? { value(field).day }

    /// A flag; `nil` where it is missing.
    public func flag(_ field: String) -> Bool? {
        if case .flag(let flag) = value(field) { return flag }
        return nil
    }

    /// A category's code; `nil` where it is missing.
    public func code<Code: Category>(_ field: String, _ type: Code.Type) -> Code? {
        guard case .category(let index) = value(field), Code.allCases.indices.contains(index) else { return nil }
        return Code.allCases[index]
    }
}
