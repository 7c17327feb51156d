/// A condition whose field names have become places in a row: what is evaluated, row by row.
public struct BoundCondition: Sendable {
    /// A condition by places of fields.
    package indirect enum Node: Sendable {
        case all([Node])
        case any([Node])
        case not(Node)
        case isCategory(Int, Set<Int>)
        case isText(Int, Set<String>)
        case isFlag(Int, Bool)
        case isInteger(Int, Set<Int64>)
        case missing(Int)
        case compare(Int, Operand, after: Bool)
        case within(Int, days: Int, Int)
        case bound(Int, Int64, atLeast: Bool)
    }

    package enum Operand: Sendable {
        case date(CalendarDate)
        case field(Int)
    }

    package let root: Node

    /// Binds a condition to fields.
    ///
    /// - Parameter asOf: What `asOf` in the condition stands for.
    /// - Throws: `ConditionError` for a field that is not among them, a code its category does not have, or a comparison its type does not allow.
    public init(_ condition: Condition, fields: FieldSet, asOf: CalendarDate) throws(ConditionError) {
        self.root = try BoundCondition.bind(condition, fields, asOf)
    }

    /// Binds a condition to a role's fields.
    public init(_ condition: Condition, role: SourceRole, asOf: CalendarDate) throws(ConditionError) {
        try self.init(condition, fields: role.fieldSet, asOf: asOf)
    }

    /// Whether the condition holds for a row.
    ///
    /// - Parameter row: One value for each of the fields, in their order.
    public func holds(for row: [FieldValue]) -> Bool { row.withUnsafeBufferPointer { BoundCondition.evaluate(root, $0) } }

    private static func bind(_ condition: Condition, _ set: FieldSet, _ asOf: CalendarDate) throws(ConditionError) -> Node {
        switch condition {
        case .all(let parts): return .all(try bindAll(parts, set, asOf))
        case .any(let parts): return .any(try bindAll(parts, set, asOf))
        case .not(let part): return .not(try bind(part, set, asOf))
        case .missing(let field): return .missing(try place(field, set).index)
        case .isOne(let field, let values): return try bindValues(field, values, set)
        case .before(let field, let operand):
            return .compare(try datePlace(field, set), try bindOperand(operand, set, asOf), after: false)
        case .after(let field, let operand):
            return .compare(try datePlace(field, set), try bindOperand(operand, set, asOf), after: true)
        case .within(let field, let days, let other):
            return .within(try datePlace(field, set), days: days, try datePlace(other, set))
        case .atLeast(let field, let bound): return try bindBound(field, bound, set, atLeast: true)
        case .atMost(let field, let bound): return try bindBound(field, bound, set, atLeast: false)
        }
    }

    private static func bindAll(_ parts: [Condition], _ set: FieldSet, _ asOf: CalendarDate) throws(ConditionError) -> [Node] {
        var nodes: [Node] = []
        for part in parts { nodes.append(try bind(part, set, asOf)) }
        return nodes
    }

    private static func bindValues(_ field: String, _ values: [String], _ set: FieldSet) throws(ConditionError) -> Node {
        let (index, type) = try place(field, set)
        switch type {
        case .category(let category):
            var codes: Set<Int> = []
            for value in values {
                guard let code = category.index(ofCode: value) else {
                    throw ConditionError.unknownCode(field: field, code: value, known: category.codes)
                }
                codes.insert(code)
            }
            return .isCategory(index, codes)
        case .text: return .isText(index, Set(values))
        case .flag:
            guard values == ["true"] || values == ["false"] else {
                throw ConditionError.unknownCode(field: field, code: values.joined(separator: ", "), known: ["true", "false"])
            }
            return .isFlag(index, values == ["true"])
        case .integer:
            var numbers: Set<Int64> = []
            for value in values {
                guard let number = Int64(value) else { throw ConditionError.wrongType(field: field, needs: "whole numbers") }
                numbers.insert(number)
            }
            return .isInteger(index, numbers)
        default: throw ConditionError.wrongType(field: field, needs: "`before`, `after`, `atLeast` or `atMost`")
        }
    }

    private static func bindBound(_ field: String, _ bound: Double, _ set: FieldSet, atLeast: Bool) throws(ConditionError) -> Node {
        let (index, type) = try place(field, set)
        switch type {
        case .integer: return .bound(index, Int64(bound.rounded(atLeast ? .up : .down)), atLeast: atLeast)
        case .decimal(let decimals):
            var scaled = bound
            for _ in 0..<decimals { scaled *= 10 }
            return .bound(index, Int64(scaled.rounded()), atLeast: atLeast)
        default: throw ConditionError.wrongType(field: field, needs: "a number")
        }
    }

    private static func bindOperand(
        _ operand: Condition.DateOperand, _ set: FieldSet, _ asOf: CalendarDate
    ) throws(ConditionError) -> Operand {
        switch operand {
        case .date(let date): .date(date)
        case .asOf: .date(asOf)
        case .field(let field): .field(try datePlace(field, set))
        }
    }

    private static func place(_ field: String, _ set: FieldSet) throws(ConditionError) -> (index: Int, type: FieldType) {
        guard let index = set.index(of: field) else {
            throw ConditionError.unknownField(field, role: set.name, known: set.fields.map(\.name))
        }
        return (index, set.fields[index].type)
    }

    private static func datePlace(_ field: String, _ set: FieldSet) throws(ConditionError) -> Int {
        let (index, type) = try place(field, set)
        guard type == .date || type == .timestamp else { throw ConditionError.wrongType(field: field, needs: "a day") }
        return index
    }

    private static func evaluate(_ node: Node, _ row: UnsafeBufferPointer<FieldValue>) -> Bool {
        switch node {
        case .all(let parts): return parts.allSatisfy { evaluate($0, row) }
        case .any(let parts): return parts.contains { evaluate($0, row) }
        case .not(let part): return !evaluate(part, row)
        case .missing(let index): if case .missing = row[index] { return true }
        case .isCategory(let index, let codes): if case .category(let code) = row[index] { return codes.contains(code) }
        case .isText(let index, let texts): if case .text(let text) = row[index] { return texts.contains(text) }
        case .isFlag(let index, let wanted): if case .flag(let flag) = row[index] { return flag == wanted }
        case .isInteger(let index, let numbers): if case .integer(let number) = row[index] { return numbers.contains(number) }
        case .compare(let index, let operand, let after):
            let other: CalendarDate?
            switch operand {
            case .date(let date): other = date
            case .field(let place): other = row[place].day
            }
            if let left = row[index].day, let right = other { return after ? left > right : left < right }
        case .within(let index, let days, let origin):
            if let later = row[index].day, let earlier = row[origin].day { return (0...days).contains(later.days(since: earlier)) }
        case .bound(let index, let bound, let atLeast):
            switch row[index] {
            case .integer(let number), .decimal(let number): return atLeast ? number >= bound : number <= bound
            default: return false
            }
        }
        return false
    }
}

extension FieldValue {
    /// The day of a date or of a timestamp; `nil` for anything else.
    public var day: CalendarDate? {
        switch self {
        case .date(let date): date
        case .timestamp(let timestamp): timestamp.date
        default: nil
        }
    }
}

/// Why a condition does not fit the role it stands in.
public enum ConditionError: Error, Equatable, CustomStringConvertible {
    case unknownField(String, role: String, known: [String])
    case unknownCode(field: String, code: String, known: [String])
    case wrongType(field: String, needs: String)

    public var description: String {
        switch self {
        case .unknownField(let field, let role, let known): "\(role) has no field \(field); it has \(known.joined(separator: ", "))"
        case .unknownCode(let field, let code, let known): "\(code) is not a value of \(field); it is one of \(known.joined(separator: ", "))"
        case .wrongType(let field, let needs): "\(field) needs \(needs)"
        }
    }
}
