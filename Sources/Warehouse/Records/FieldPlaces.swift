public import PipelineModel

/// Where a role's fields stand in its rows, looked up once and then read by name.
public struct FieldPlaces: Sendable {
    private let places: [String: Int]

    /// The places of the role's fields.
    public init(of role: SourceRole) {
        places = Dictionary(uniqueKeysWithValues: role.fields.enumerated().map { ($1.name, $0) })
    }

    /// The value of a field; `missing` where the role has no such field.
    public func value(_ field: String, in row: SourceRow) -> FieldValue {
        guard let place = places[field], row.values.indices.contains(place) else { return .missing }
        return row.values[place]
    }

    /// The text of a field; `nil` where nothing was written or the field is no text.
    public func text(_ field: String, in row: SourceRow) -> String? {
        guard case .text(let text) = value(field, in: row) else { return nil }
        return text
    }

    /// The day of a date or timestamp.
    public func day(_ field: String, in row: SourceRow) -> CalendarDate? { value(field, in: row).day }

    /// The yes or no of a field.
    public func flag(_ field: String, in row: SourceRow) -> Bool? {
        guard case .flag(let flag) = value(field, in: row) else { return nil }
        return flag
    }

    /// The scaled number of a decimal field, in units of its last decimal.
    public func decimal(_ field: String, in row: SourceRow) -> Int64? {
        guard case .decimal(let scaled) = value(field, in: row) else { return nil }
        return scaled
    }

    /// The code of a category field.
    public func code<Code: Category>(_ field: String, in row: SourceRow, as type: Code.Type = Code.self) -> Code? {
        guard case .category(let index) = value(field, in: row), Code.allCases.indices.contains(index) else { return nil }
        return Code.allCases[index]
    }
}
