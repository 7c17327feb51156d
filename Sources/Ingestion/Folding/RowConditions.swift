import PipelineModel

/// Conditions on parsed rows, as steps that jump: asked several times for each of millions of rows, without a call or a reference on the way.
///
/// Each leaf of a condition is a step that looks at a field and names the step to go to where it holds, and where not. A test holds the answers
/// to those of `BoundCondition`.
struct RowConditions: Sendable {
    enum Test: UInt8, Sendable { case missing, codes, text, flag, integers, afterDay, beforeDay, afterField, beforeField, within, atLeast, atMost }

    struct Step: Sendable {
        let test: Test
        let field: Int32
        /// Another field, or a place in a list.
        let other: Int32
        /// What the field is compared with.
        let number: Int64
        let ifTrue: Int32
        let ifFalse: Int32

        /// Whether another step asks the same of a row.
        func hasTest(of other: Step) -> Bool {
            test == other.test && field == other.field && self.other == other.other && number == other.number
        }
    }

    // One by one: a pair would be made when it is first asked for, and looked after each time.
    private static let yes: Int32 = -1
    private static let no: Int32 = -2
    /// The first step of no condition at all.
    static let always = yes

    private(set) var steps: [Step] = []
    private var texts: [[[UInt8]]] = []
    private var integers: [[Int64]] = []

    /// Adds a condition.
    ///
    /// - Returns: Its first step, by which it is asked.
    mutating func add(_ condition: BoundCondition) -> Int32 { compile(condition.root, ifTrue: RowConditions.yes, ifFalse: RowConditions.no) }

    /// Steps are added from the last to the first, so that each knows where to go on.
    private mutating func compile(_ node: BoundCondition.Node, ifTrue: Int32, ifFalse: Int32) -> Int32 {
        switch node {
        case .all(let parts): return parts.reversed().reduce(ifTrue) { next, part in compile(part, ifTrue: next, ifFalse: ifFalse) }
        case .any(let parts): return parts.reversed().reduce(ifFalse) { next, part in compile(part, ifTrue: ifTrue, ifFalse: next) }
        case .not(let part): return compile(part, ifTrue: ifFalse, ifFalse: ifTrue)
        case .missing(let field): return step(.missing, field, ifTrue, ifFalse)
        case .isCategory(let field, let codes):
            // A category has few codes; should one have more than bits in a word, its larger codes are numbers in a list.
            if codes.allSatisfy({ $0 < 64 }) {
                return step(.codes, field, number: codes.reduce(0) { $0 | Int64(bitPattern: 1 << UInt64($1)) }, ifTrue, ifFalse)
            }
            integers.append(codes.map(Int64.init).sorted())
            return step(.integers, field, other: integers.count - 1, number: Int64(ParsedValue.Kind.category.rawValue), ifTrue, ifFalse)
        case .isText(let field, let values):
            texts.append(values.sorted().map { Array($0.utf8) })
            return step(.text, field, other: texts.count - 1, ifTrue, ifFalse)
        case .isFlag(let field, let wanted): return step(.flag, field, number: wanted ? 1 : 0, ifTrue, ifFalse)
        case .isInteger(let field, let numbers):
            integers.append(numbers.sorted())
            return step(.integers, field, other: integers.count - 1, number: Int64(ParsedValue.Kind.integer.rawValue), ifTrue, ifFalse)
        case .compare(let field, .date(let day), let after):
            return step(after ? .afterDay : .beforeDay, field, number: Int64(day.dayNumber), ifTrue, ifFalse)
        case .compare(let field, .field(let other), let after): return step(after ? .afterField : .beforeField, field, other: other, ifTrue, ifFalse)
        case .within(let field, let days, let origin): return step(.within, field, other: origin, number: Int64(days), ifTrue, ifFalse)
        case .bound(let field, let bound, let atLeast): return step(atLeast ? .atLeast : .atMost, field, number: bound, ifTrue, ifFalse)
        }
    }

    private mutating func step(_ test: Test, _ field: Int, other: Int = 0, number: Int64 = 0, _ ifTrue: Int32, _ ifFalse: Int32) -> Int32 {
        steps.append(Step(test: test, field: Int32(field), other: Int32(other), number: number, ifTrue: ifTrue, ifFalse: ifFalse))
        return Int32(steps.count - 1)
    }

    /// Whether the condition that starts at a step holds for the row that a parser holds.
    @inline(__always)
    func hold(from start: Int32, for parser: RowParser) -> Bool {
        var next = start
        steps.withUnsafeBufferPointer { steps in
            while next >= 0 {
                let step = steps[Int(next)]
                next = holds(step, parser) ? step.ifTrue : step.ifFalse
            }
        }
        return next == RowConditions.yes
    }

    /// Whether the condition that starts at a step holds where each step's test is answered.
    func hold(from start: Int32, answering answer: (Int) -> Bool) -> Bool {
        var next = start
        while next >= 0 { next = answer(Int(next)) ? steps[Int(next)].ifTrue : steps[Int(next)].ifFalse }
        return next == RowConditions.yes
    }

    /// Whether the test of a step holds.
    @inline(__always)
    func holds(_ step: Step, _ parser: RowParser) -> Bool {
        let values = parser.values
        let value = values[Int(step.field)]
        switch step.test {
        case .missing: return value.isMissing
        case .codes: return value.kind == .category && value.number < 64 && (step.number &>> value.number) & 1 == 1
        case .text: return value.kind == .text && texts[Int(step.other)].contains { $0.elementsEqual(parser.text(Int(step.field))) }
        case .flag: return value.kind == .flag && value.number == step.number
        case .integers: return Int64(value.kind.rawValue) == step.number && integers[Int(step.other)].contains(value.number)
        case .afterDay: return value.dayNumber.map { Int64($0) > step.number } ?? false
        case .beforeDay: return value.dayNumber.map { Int64($0) < step.number } ?? false
        case .afterField, .beforeField, .within:
            guard let day = value.dayNumber, let other = values[Int(step.other)].dayNumber else { return false }
            switch step.test {
            case .afterField: return day > other
            case .beforeField: return day < other
            default: return day >= other && Int64(day) - Int64(other) <= step.number
            }
        case .atLeast: return value.quantity.map { $0 >= step.number } ?? false
        case .atMost: return value.quantity.map { $0 <= step.number } ?? false
        }
    }
}
