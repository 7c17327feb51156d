import PipelineModel
import Tables
import Testing

@testable import Ingestion

/// The quick ways, held to the plain ones beside them.
@Suite("What is quick gives the same answers") struct QuickPathTests {
    private static let types: [FieldType] = [
        .text, .integer, .decimal(decimals: 1), .decimal(decimals: 2), .date, .timestamp, .flag, .category(CategoryDescription(PetitionFinding.self)),
    ]

    private static func value(_ generator: inout SplitMix) -> String {
        func digits(_ count: Int) -> String { (0..<count).map { _ in String(generator.next(below: 10)) }.joined() }
        func day() -> String {
            let year = [1899, 1900, 1996, 2024, 2025, 2100, 2101, 209][generator.next(below: 8)]
            return String(format4: year) + "-" + String(format2: generator.next(below: 14)) + "-" + String(format2: generator.next(below: 33))
        }
        let time = " \(String(format2: generator.next(below: 26))):\(String(format2: generator.next(below: 62)))"
        let odd = ["属实", "查证属实", "诬告 ", "是", "false", "x", "2025/1/2", "2025年1月2日", "20250102", "+5", "-3.5", ".5", "5.", ".", "1e3", "2025-01-02T", "１２"]
        switch generator.next(below: 9) {
        case 0: return digits(1 + generator.next(below: 14))
        case 1: return digits(generator.next(below: 5)) + "." + digits(generator.next(below: 4))
        case 2, 3: return day()
        case 4: return day() + time
        case 5: return day() + time + ":" + String(format2: generator.next(below: 62))
        case 6: return day() + "T" + time.dropFirst() + ":59"
        default: return odd[generator.next(below: odd.count)]
        }
    }

    @Test("a quick field says what the parser says, or nothing", arguments: 0..<8)
    func fields(place: Int) {
        var generator = SplitMix(state: UInt64(place) + 77)
        var answered = 0
        for bounds in [(nil, nil), (0.0, 100.0), (-0.05, 9.95), (18_262.0, 20_454.0), (7.0, 3.0)] as [(Double?, Double?)] {
            var mapping = ColumnMapping(field: "x", column: "x")
            if case .text = Self.types[place] {} else { (mapping.minimum, mapping.maximum) = bounds }
            let parser = FieldParser(field: SourceField("x", Self.types[place], "for a test"), mapping: mapping)
            let quick = QuickField(parser)
            for _ in 0..<4_000 {
                let written = Self.value(&generator)
                let bytes = Array(written.utf8)
                bytes.withUnsafeBufferPointer { bytes in
                    guard let value = quick.isSpelling ? parser.spelled(bytes) : quick.value(bytes) else { return }
                    answered += 1
                    let plain = try? parser.parse(bytes)
                    #expect(plain == value, "\(written) in \(bounds)")
                }
            }
        }
        #expect(answered > 200, "the quick way answers too seldom to be worth a test")
    }

    private static func condition(_ generator: inout SplitMix, depth: Int) -> Condition {
        func part() -> Condition { condition(&generator, depth: depth - 1) }
        let days: [Condition.DateOperand] = [.field("due_date"), .field("completed_date"), .date(CalendarDate(iso: "2025-06-30") ?? nightOfTests)]
        switch generator.next(below: depth > 0 ? 11 : 8) {
        case 0: return .missing(field: ["cadre_id", "quality", "completed_date"][generator.next(below: 3)])
        case 1: return .isOne(field: "contest_field", of: [["reform"], ["reform", "service"], ["projects"]][generator.next(below: 3)])
        case 2: return .isOne(field: "unit", of: ["U1", "U2"])
        case 3: return .after(field: "completed_date", days[generator.next(below: 3)])
        case 4: return .before(field: "due_date", days[generator.next(below: 3)])
        case 5: return .within(field: "completed_date", days: generator.next(below: 60), of: "due_date")
        case 6: return .atLeast(field: "quality", Double(generator.next(below: 100)))
        case 7: return .atMost(field: "quality", Double(generator.next(below: 100)))
        case 8: return .not(part())
        case 9: return .all((0..<generator.next(below: 4)).map { _ in part() })
        default: return .any((0..<generator.next(below: 4)).map { _ in part() })
        }
    }

    /// A header, and tasks of all shapes.
    private static func tasks(_ count: Int, _ names: [String], _ generator: inout SplitMix) -> String {
        var csv = names.joined(separator: ",") + "\n"
        for row in 0..<count {
            let fields = [
                "T\(row)", ["", "C1"][generator.next(below: 2)], ["", "U1", "U3"][generator.next(below: 3)],
                ["", "reform", "service", "projects"][generator.next(below: 4)], ["", "2025-06-30", "2025-05-17"][generator.next(below: 3)],
                ["", "2025-06-30", "2025-07-04", "2025-01-01"][generator.next(below: 4)], ["", "0", "55.5", "99"][generator.next(below: 4)],
            ]
            csv += fields.joined(separator: ",") + "\n"
        }
        return csv
    }

    @Test("conditions as steps hold where conditions as trees do", arguments: 0..<20)
    func conditions(seed: Int) throws {
        var generator = SplitMix(state: UInt64(seed) + 5)
        let names = ["record_id", "cadre_id", "unit", "contest_field", "due_date", "completed_date", "quality"]
        let contract = SourceContract.plain(.tasks, names, keep: .facts)
        var steps = RowConditions()
        var pairs: [(first: Int32, tree: BoundCondition)] = []
        for _ in 0..<30 {
            let tree = try BoundCondition(Self.condition(&generator, depth: 3), role: .tasks, asOf: nightOfTests)
            pairs.append((steps.add(tree), tree))
        }
        let csv = Self.tasks(200, names, &generator)
        let reader = try CSVReader(bytes: Array(csv.utf8))
        let header = try #require(try reader.nextRow())
        let plan = try #require(ColumnPlan.bind(header: header, contract: contract, file: "tasks.csv").plan)
        let parser = RowParser(plan: plan, contract: contract, identityKey: nil)
        var held = 0
        try reader.forEachRecord { record in
            #expect(parser.parse(record).isEmpty)
            let row = parser.values.enumerated().map { field, value in value.fieldValue(parser.text(field)) }
            for (first, tree) in pairs {
                let holds = steps.hold(from: first, for: parser)
                #expect(holds == tree.holds(for: row), "\(tree) of \(row)")
                if holds { held += 1 }
            }
            return true
        }
        #expect(held > 200 && held < 5_800)
    }

    @Test("a table of conditions says of each what its steps say", arguments: 0..<20)
    func table(seed: Int) throws {
        var generator = SplitMix(state: UInt64(seed) + 11)
        let names = ["record_id", "cadre_id", "unit", "contest_field", "due_date", "completed_date", "quality"]
        var steps = RowConditions()
        // From none to as many as one may have a table of: a condition with few parts shares most of its tests with others.
        let starts = try (0..<(3 * seed)).map { _ in
            steps.add(try BoundCondition(Self.condition(&generator, depth: seed % 2), role: .tasks, asOf: nightOfTests))
        }
        let table = ConditionTable(steps, starts: starts)
        #expect(table.isWhole || steps.steps.count > 12)
        let csv = Self.tasks(300, names, &generator)
        let reader = try CSVReader(bytes: Array(csv.utf8))
        let header = try #require(try reader.nextRow())
        let contract = SourceContract.plain(.tasks, names, keep: .facts)
        let plan = try #require(ColumnPlan.bind(header: header, contract: contract, file: "tasks.csv").plan)
        let parser = RowParser(plan: plan, contract: contract, identityKey: nil)
        guard table.isWhole else { return }
        try reader.forEachRecord { record in
            _ = parser.parse(record)
            let holding = table.holding(for: parser, steps)
            let expected = starts.enumerated().reduce(UInt64(0)) { $0 | (steps.hold(from: $1.element, for: parser) ? 1 << UInt64($1.offset) : 0) }
            #expect(holding == expected)
            return true
        }
    }
}

extension ParsedValue {
    /// The value as the warehouse gives it back.
    fileprivate func fieldValue(_ text: UnsafeBufferPointer<UInt8>) -> FieldValue {
        switch kind {
        case .missing: .missing
        case .text: .text(String(decoding: text, as: UTF8.self))
        case .integer: .integer(number)
        case .decimal: .decimal(number)
        case .date: .date(CalendarDate(dayNumber: Int32(number)))
        case .timestamp: .timestamp(Timestamp(seconds: number))
        case .flag: .flag(number != 0)
        case .category: .category(Int(number))
        }
    }
}

extension String {
    fileprivate init(format2 number: Int) { self = (number < 10 ? "0" : "") + String(number) }
    fileprivate init(format4 number: Int) { self = String(repeating: "0", count: 4 - String(number).count) + String(number) }
}
