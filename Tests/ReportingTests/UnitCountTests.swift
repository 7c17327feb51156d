import PipelineModel
import Testing
import Warehouse

@testable import Reporting

@Suite("Petitions and courses in a unit's folder") struct UnitCountTests {
    private static let line = SummaryLine(unitID: "U1", tally: Tally(judged: 40, notJudged: 10, flagged: 0))

    /// So many petitions of one kind, with so many accepted and closed in time of those due; the ages of the open ones.
    private static func handled(
        _ kind: PetitionKind?, _ received: Int, accepted: (Int, of: Int), closed: (Int, of: Int), open: [Int] = [0, 0, 0, 0]
    ) -> PetitionHandling {
        PetitionHandling(
            number: 1, unitID: "U1", kind: kind, received: received, acceptanceDue: accepted.of, acceptedInTime: accepted.0, acceptance: FunnelReading(),
            closingDue: closed.of, closedInTime: closed.0, closing: FunnelReading(), extended: 0, openInAcceptance: open[0], openInClosing: open[1],
            openInExtension: open[2], openBeyond: open[3])
    }

    /// Results passed, failed, missed and none, of the required and of the others.
    private static func completed(_ course: String, required: [Int], others: [Int]) -> TrainingCompletion {
        let all = zip(required, others).map(+)
        return TrainingCompletion(
            course: course, scope: .unit, unitID: "U1", enrolled: all.reduce(0, +), passed: all[0], failed: all[1], missed: all[2],
            required: required.reduce(0, +), requiredPassed: required[0], requiredFailed: required[1], requiredMissed: required[2])
    }

    private static func measure(_ id: String, _ numerator: Int, of denominator: Int) -> ImplementationProgress {
        ImplementationProgress(
            number: 1, measure: id, mechanism: .education, labelChinese: "量", labelEnglish: "measure", unitID: "U1", numerator: numerator,
            denominator: denominator, lastMonthNight: nil, lastMonthNumerator: nil, lastMonthDenominator: nil, yearAgoNight: nil, yearAgoNumerator: nil,
            yearAgoDenominator: nil)
    }

    /// A unit's night with the measures that its counts come to.
    private static func night(beside line: SummaryLine = line, _ handling: [PetitionHandling], _ completions: [TrainingCompletion] = []) -> UnitNight {
        func sum<Value>(_ values: [Value], _ count: (Value) -> Int) -> Int { values.reduce(0) { $0 + count($1) } }
        let progress = [
            measure("training_passed", sum(completions, \.passed), of: sum(completions) { $0.passed + $0.failed + $0.missed }),
            measure(
                "required_training_passed", sum(completions, \.requiredPassed),
                of: sum(completions) { $0.requiredPassed + $0.requiredFailed + $0.requiredMissed }),
            measure("petitions_accepted_in_time", sum(handling, \.acceptedInTime), of: sum(handling, \.acceptanceDue)),
            measure("petitions_closed_in_time", sum(handling, \.closedInTime), of: sum(handling, \.closingDue)),
        ]
        return UnitNight(line: line, progress: progress, staff: [], handling: handling, completions: completions)
    }

    @Test("counts from five on are shown, with those of all kinds together last")
    func petitionsShown() {
        let handling = [
            Self.handled(.appeal, 30, accepted: (17, of: 22), closed: (12, of: 20), open: [5, 5, 0, 8]),
            Self.handled(nil, 12, accepted: (12, of: 12), closed: (0, of: 0), open: [12, 0, 0, 0]),
        ]
        let lines = UnitPetitions(handling, of: Self.night(handling)).lines
        #expect(lines.map(\.isAll) == [false, false, true] && lines.map(\.kind) == [.appeal, nil, nil])
        #expect(lines[0].counts.counts == [30, 22, 17, 20, 12, 18, 5, 5, 0, 8])
        #expect(lines[1].counts.counts == [12, 12, 12, 0, 0, 12, 12, 0, 0, 0])
        #expect(lines[2].counts.counts == [42, 34, 29, 20, 12, 30, 17, 5, 0, 8])
        #expect(UnitProgress.lines(of: Self.night(handling)).map(\.tonight.numerator) == [0, 0, 29, 12])
    }

    @Test("a small count is blank, and so is the smallest other that would give it away")
    func petitionsBlank() {
        let handling = [
            Self.handled(.accusation, 3, accepted: (3, of: 3), closed: (3, of: 3)), Self.handled(.appeal, 20, accepted: (20, of: 20), closed: (20, of: 20)),
            Self.handled(.suggestion, 10, accepted: (10, of: 10), closed: (10, of: 10)),
        ]
        let night = Self.night(handling)
        let petitions = UnitPetitions(handling, of: night)
        #expect(petitions.lines.map { $0.counts.counts[0] } == [nil, 20, nil, 33])
        #expect(petitions.lines.map { $0.counts.counts[2] } == [nil, 20, nil, 33])
        #expect(petitions.lines.map(\.counts.isSuppressed) == [true, false, true, false])
        #expect(petitions.measures["petitions_accepted_in_time"] == MeasuredCount(numerator: 33, denominator: 33))
    }

    @Test("who failed, had no result or took a course that their post does not require follows by subtraction, and so is blank where few")
    func training() throws {
        // Of 40 one failed, and of 30 required ones none: the other one did not pass an optional course.
        let completions = [Self.completed("甲", required: [30, 0, 0, 0], others: [9, 1, 0, 0])]
        let lines = UnitTraining(completions, of: Self.night([], completions)).lines
        #expect(lines.map(\.course) == ["甲", nil])
        for line in lines {
            #expect(line.counts.counts[2] == nil || line.counts.counts[1] == nil)
            #expect(line.counts.counts[4] == nil || line.counts.counts[5] == 30)
        }
        let whole = [Self.completed("甲", required: [12, 6, 0, 0], others: [6, 5, 0, 0])]
        #expect(UnitTraining(whole, of: Self.night([], whole)).lines.map(\.counts.counts) == [[29, 29, 18, 18, 18, 12], [29, 29, 18, 18, 18, 12]])
        // 47 of the unit's 50 enrolled leave three.
        let nearly = [Self.completed("甲", required: [0, 0, 0, 0], others: [40, 7, 0, 0])]
        #expect(UnitTraining(nearly, of: Self.night([], nearly)).lines[0].counts.counts[0] == nil)
    }

    @Test("a measure that says the same as another table is blank where that is")
    func measures() {
        // 20 results of which 18 were required: the two that were not would follow from two measures.
        let completions = [Self.completed("甲", required: [12, 6, 0, 0], others: [0, 2, 0, 0])]
        let shown = UnitProgress.lines(of: Self.night([], completions)).prefix(2).map(\.tonight)
        #expect(shown.contains { $0.denominator == nil })
    }

    @Test("no petition and no course: no line")
    func empty() {
        #expect(UnitPetitions([], of: Self.night([])).lines.isEmpty && UnitTraining([], of: Self.night([])).lines.isEmpty)
    }

    @Test("from no two tables of a folder, nor all, a count of one to four can be worked out", arguments: 1...60)
    func property(seed: Int) {
        var lot = Lot(state: UInt64(seed))
        let size = [2, 6, 15, 60].randomElement(using: &lot) ?? 6
        func part(of whole: Int) -> Int { [0, whole, Int.random(in: 0...whole, using: &lot)].randomElement(using: &lot) ?? 0 }
        let kinds: [PetitionKind?] = PetitionKind.allCases + [nil]
        let handling = kinds.shuffled(using: &lot).prefix(Int.random(in: 0...4, using: &lot)).map { kind in
            let received = Int.random(in: 0...2 * size, using: &lot)
            let (accepting, closing) = (part(of: received), part(of: received))
            return Self.handled(
                kind, received, accepted: (part(of: accepting), of: accepting), closed: (part(of: closing), of: closing),
                open: (0..<4).map { _ in max(0, Int.random(in: -size / 2...size, using: &lot)) })
        }
        let completions = (0..<Int.random(in: 0...4, using: &lot)).map { index in
            func results() -> [Int] { (0..<4).map { _ in max(0, Int.random(in: -size...size, using: &lot)) } }
            return Self.completed("C\(index)", required: results(), others: results())
        }
        let line = SummaryLine(
            unitID: "U1", tally: Tally(judged: Int.random(in: 5...70, using: &lot), notJudged: 10, flagged: 6), hidesCadres: Bool.random(using: &lot))
        let night = Self.night(beside: line, handling, completions)

        var (values, known, derivation) = ([Int](), [Bool](), Derivation())
        func add(_ value: Int, _ isKnown: Bool) -> Int {
            values.append(value)
            known.append(isKnown)
            return values.count - 1
        }
        func rest(_ whole: Int, _ part: Int) -> Int {
            let rest = add(values[whole] - values[part], false)
            derivation.add(total: whole, parts: [part, rest])
            return rest
        }
        /// Adds a table of which the last line is the sum of the others; each line with what is left of its pairs.
        func addTable(_ lines: [BlankedCounts], _ counts: [[Int]], pairs: [(Int, Int)]) -> [[Int]] {
            let rows = (0..<lines.count).map { index in
                let whole = index < counts.count ? counts[index] : counts[0].indices.map { column in counts.reduce(0) { $0 + $1[column] } }
                let cells = zip(whole, lines[index].counts).map { value, shown in
                    #expect(shown == nil || shown == value)
                    return add(value, shown != nil)
                }
                return cells + pairs.map { rest(cells[$0.0], cells[$0.1]) }
            }
            for column in rows.last?.indices ?? 0..<0 {
                derivation.add(total: rows[rows.count - 1][column], parts: rows.dropLast().map { $0[column] })
            }
            return rows
        }
        func merge(_ measure: String, _ row: [Int]?, _ numerator: Int, _ denominator: Int) {
            guard let row, let shown = UnitProgress.lines(of: night).first(where: { $0.record.measure == measure })?.tonight else { return }
            if shown.numerator != nil { known[row[numerator]] = true }
            if shown.denominator != nil { known[row[denominator]] = true }
        }
        let petitions = addTable(
            UnitPetitions(handling, of: night).lines.map(\.counts),
            handling.map { record in
                let ages = [record.openInAcceptance, record.openInClosing, record.openInExtension, record.openBeyond]
                return [
                    record.received, record.acceptanceDue, record.acceptedInTime, record.closingDue, record.closedInTime, ages.reduce(0, +),
                ] + ages
            }, pairs: [(0, 1), (1, 2), (0, 3), (3, 4)])
        for row in petitions { derivation.add(total: row[5], parts: Array(row[6..<10])) }
        merge("petitions_accepted_in_time", petitions.last, 2, 1)
        merge("petitions_closed_in_time", petitions.last, 4, 3)
        let training = addTable(
            UnitTraining(completions, of: night).lines.map(\.counts),
            completions.map {
                [
                    $0.enrolled, $0.passed + $0.failed + $0.missed, $0.passed, $0.required, $0.requiredPassed + $0.requiredFailed + $0.requiredMissed,
                    $0.requiredPassed,
                ]
            }, pairs: [(0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (1, 4), (2, 5)])
        // Of those without a result, and of those who did not pass, the required and the others.
        for row in training { for (whole, part) in [(6, 8), (7, 9)] { _ = rest(row[whole], row[part]) } }
        merge("training_passed", training.last, 2, 1)
        merge("required_training_passed", training.last, 5, 4)

        let given = derivation.determined(unknown: values.indices.filter { !known[$0] }) + values.indices.filter { known[$0] }
        #expect(given.map { values[$0] }.filter { $0 > 0 && $0 < 5 } == [])
    }
}
