/// A structured condition on the fields of one row; never a string to parse.
public indirect enum Condition: Hashable, Sendable {
    /// Every part holds.
    case all([Condition])
    /// At least one part holds.
    case any([Condition])
    /// The part does not hold.
    case not(Condition)
    /// The field has one of these values (codes of a category; `true` or `false` of a flag). A missing value is none of them.
    case isOne(field: String, of: [String])
    /// Nothing was written in the field.
    case missing(field: String)
    /// The field's day is strictly before the operand's; false where either is missing.
    case before(field: String, DateOperand)
    /// The field's day is strictly after the operand's; false where either is missing.
    case after(field: String, DateOperand)
    /// The field's day lies 0 to `days` days after the other field's; false where either is missing.
    case within(field: String, days: Int, of: String)
    /// The number is at least this, in the field's own unit; false where missing.
    case atLeast(field: String, Double)
    /// The number is at most this, in the field's own unit; false where missing.
    case atMost(field: String, Double)

    /// The other side of a comparison of days.
    public enum DateOperand: Hashable, Sendable {
        case date(CalendarDate)
        case field(String)
        /// The run's as-of date. Not allowed in a contract, whose folds must not depend on it.
        case asOf
    }

    /// Every field that the condition names.
    public var fields: Set<String> {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.fields) }
        case .not(let part): part.fields
        case .isOne(let field, _), .missing(let field), .atLeast(let field, _), .atMost(let field, _): [field]
        case .before(let field, let operand), .after(let field, let operand):
            if case .field(let other) = operand { [field, other] } else { [field] }
        case .within(let field, _, let other): [field, other]
        }
    }

    /// Fields of which the condition cannot hold unless they have one of these values.
    public var necessaryValues: [(field: String, values: [String])] {
        switch self {
        case .all(let parts): parts.flatMap(\.necessaryValues)
        case .isOne(let field, let values): [(field, values)]
        default: []
        }
    }

    /// Whether the condition asks for the as-of date.
    public var usesAsOf: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.usesAsOf)
        case .not(let part): part.usesAsOf
        case .before(_, let operand), .after(_, let operand): operand == .asOf
        default: false
        }
    }
}
