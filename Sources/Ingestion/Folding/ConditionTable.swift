/// Which of several conditions hold for a row, found by one look at a table: conditions of one contract share their tests, and each test is made once.
///
/// A task is asked fifteen conditions of nine different tests. A test holds the answers to those of `RowConditions`.
struct ConditionTable: Sendable {
    /// With more tests the table would take longer to fill and to look up than the conditions.
    private static let mostTests = 12

    /// Whether the conditions have a table; else they must be asked one by one.
    let isWhole: Bool
    private let tests: [RowConditions.Step]
    /// By the answers of the tests, a bit for each: a bit for each condition that holds.
    private let holding: [UInt64]

    /// - Parameter starts: The first step of each condition.
    init(_ conditions: RowConditions, starts: [Int32]) {
        var tests: [RowConditions.Step] = []
        // Of each step, its test among all.
        let places = conditions.steps.map { step in
            if let place = tests.firstIndex(where: { $0.hasTest(of: step) }) { return place }
            tests.append(step)
            return tests.count - 1
        }
        isWhole = tests.count <= ConditionTable.mostTests && starts.count <= UInt64.bitWidth
        guard isWhole else {
            (self.tests, holding) = ([], [])
            return
        }
        self.tests = tests
        holding = (0..<(1 << tests.count)).map { answers in
            var holds: UInt64 = 0
            for (condition, start) in starts.enumerated() where conditions.hold(from: start, answering: { answers >> places[$0] & 1 == 1 }) {
                holds |= 1 << UInt64(condition)
            }
            return holds
        }
    }

    /// A bit for each condition that holds for the row that a parser holds.
    ///
    /// - Precondition: `isWhole`.
    @inline(__always)
    func holding(for parser: RowParser, _ conditions: RowConditions) -> UInt64 {
        var answers = 0
        tests.withUnsafeBufferPointer { tests in
            for place in tests.indices where conditions.holds(tests[place], parser) { answers |= 1 << place }
        }
        return holding[answers]
    }
}
