import PipelineModel
import Testing

@testable import Ingestion

private func withBytes<Value>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> Value) rethrows -> Value {
    try Array(text.utf8).withUnsafeBufferPointer(body)
}

@Suite("Parsing fields") struct ParsingTests {
    @Test(
        "days and times",
        arguments: [
            ("2025-11-03", "2025-11-03T00:00:00"), ("2025-11-3", "2025-11-03T00:00:00"), ("2025/11/3", "2025-11-03T00:00:00"),
            ("2025.11.03", "2025-11-03T00:00:00"), ("2025年11月3日", "2025-11-03T00:00:00"), ("20251103", "2025-11-03T00:00:00"),
            ("2025-11-03 9:32", "2025-11-03T09:32:00"), ("2025-11-03T09:32:09", "2025-11-03T09:32:09"), ("20251103 09:32:09", "2025-11-03T09:32:09"),
            ("2025年11月3日 23:59:59.999", "2025-11-03T23:59:59"), ("2024-02-29", "2024-02-29T00:00:00"),
            ("2025-02-29", nil), ("2025-02-30", nil), ("2025-13-01", nil), ("2025-00-10", nil), ("2025-11-00", nil), ("2025-11", nil), ("2025", nil),
            ("2025-11/03", nil), ("2025年11月3", nil), ("25-11-03", nil), ("202511", nil), ("2025110", nil), ("202511031", nil), ("-2025-11-03", nil),
            ("2025-11-03 24:00", nil), ("2025-11-03 09:60", nil), ("2025-11-03 9", nil), ("2025-11-03 09:32:60", nil), ("2025-11-03 ", nil),
            ("2025-11-03x", nil), ("2025-111-03", nil), ("11/3/2025", nil), ("2025-11-03 09:32:09.", nil), ("", nil), ("昨天", nil),
        ] as [(String, String?)])
    func dates(written: String, meant: String?) {
        let parsed = withBytes(written) { DateParsing.parse($0, shapes: []) }
        #expect(parsed.map { Timestamp($0.date, secondOfDay: $0.secondOfDay).description } == meant)
    }

    @Test(
        "days that could be read two ways are read as the contract says, or not at all",
        arguments: [
            ("3/4/2025", nil, nil), ("3/4/2025", .monthDayYear, "2025-03-04"), ("3/4/2025", .dayMonthYear, "2025-04-03"),
            ("03/04/2025 15:06", .monthDayYear, "2025-03-04"), ("13/4/2025", .monthDayYear, nil), ("3/4/25", .monthDayYear, nil),
            ("2025-03-04", .dayMonthYear, "2025-03-04"), ("333/4/2025", .monthDayYear, nil),
        ] as [(String, DateShape?, String?)])
    func shapes(written: String, shape: DateShape?, meant: String?) {
        #expect(withBytes(written) { DateParsing.parse($0, shapes: shape.map { [$0] } ?? []) }.map(\.date.description) == meant)
    }

    @Test(
        "numbers: sign, point, rounding half away from zero, and no more than eighteen digits",
        arguments: [
            ("0", 0, 0), ("-0", 0, 0), ("+12", 0, 12), ("-12", 0, -12), ("007", 0, 7), ("12", 2, 1200), ("12.", 2, 1200), (".5", 2, 50),
            ("12.344", 2, 1234), ("12.345", 2, 1235), ("-12.345", 2, -1235), ("12.3449", 2, 1234), ("0.995", 2, 100), ("99.999", 2, 10000),
            ("1.0000000000000000000000000001", 2, 100), ("00000000000000000000000000012", 0, 12), ("12.5", 0, nil), ("100000000000000000000", 0, nil),
            ("999999999999999999", 0, 999_999_999_999_999_999), ("999999999999999999", 2, nil), ("", 2, nil), ("-", 2, nil), (".", 2, nil),
            ("1.2.3", 2, nil), ("1e3", 2, nil), ("1e308", 2, nil), ("1,000", 2, nil), ("NaN", 2, nil), ("inf", 2, nil), ("0x10", 0, nil), ("1 2", 0, nil),
            ("--1", 0, nil), ("八", 0, nil),
        ] as [(String, Int, Int64?)])
    func numbers(written: String, decimals: Int, meant: Int64?) {
        let number = withBytes(written) { decimals == 0 ? NumberParsing.integer($0) : NumberParsing.decimal($0, decimals: decimals) }
        #expect(number == meant)
    }

    @Test(
        "identity numbers (GB 11643), the standard's own examples among them",
        arguments: [
            ("11010519491231002X", true), ("11010519491231002x", true), ("440524188001010014", true), ("110105194912310021", false),
            ("11010519491331002X", false), ("11010519490230002X", false), ("1101051949123100", false), ("110105194912310", false), ("", false),
            ("1101051949123100２X", false), ("A1010519491231002X", false), ("11010519491231002X0", false),
        ])
    func identityNumbers(number: String, isValid: Bool) {
        #expect(withBytes(number) { IdentityNumber.isValid($0) } == isValid)
    }

    private func parser(_ type: FieldType, change: (inout ColumnMapping) -> Void = { _ in }) -> FieldParser {
        var mapping = ColumnMapping(field: "x", column: "x")
        change(&mapping)
        return FieldParser(field: SourceField("x", type, "for a test"), mapping: mapping)
    }

    @Test("a category knows our codes, the exports' words and the contract's spellings, and no other")
    func categories() throws {
        let parser = parser(.category(CategoryDescription(PetitionFinding.self))) { $0.values = ["查证属实": "substantiated"] }
        for word in ["属实", "substantiated", "查证属实"] { #expect(try withBytes(word) { try parser.parse($0) } == .category(0)) }
        for word in ["属 实", "Substantiated", "属", ""] {
            #expect(throws: FieldParser.Refusal.unknownValue) { try withBytes(word) { try parser.parse($0) } }
        }
        #expect(parser.expectation.contains("查证属实"))
    }

    @Test("a flag knows yes and no in both languages")
    func flags() throws {
        let parser = parser(.flag) { $0.values = ["有": "true", "无": "false"] }
        for word in ["是", "true", "1", "Y", "有"] { #expect(try withBytes(word) { try parser.parse($0) } == .flag(true)) }
        for word in ["否", "false", "0", "N", "无"] { #expect(try withBytes(word) { try parser.parse($0) } == .flag(false)) }
        #expect(throws: FieldParser.Refusal.unknownValue) { try withBytes("2") { try parser.parse($0) } }
    }

    @Test("bounds hold to the last decimal, and nothing beyond what can be squared and summed")
    func bounds() throws {
        let mark = parser(.decimal(decimals: 2)) { ($0.minimum, $0.maximum) = (0, 100) }
        #expect(try withBytes("100.00") { try mark.parse($0) } == ParsedValue(.decimal, 10_000))
        for text in ["100.01", "-0.01"] { #expect(throws: FieldParser.Refusal.numberOutOfRange) { try withBytes(text) { try mark.parse($0) } } }
        for text in ["100000.01", "999999999999999", "-99999999999999"] {
            #expect(throws: FieldParser.Refusal.numberOutOfRange) { try withBytes(text) { try parser(.decimal(decimals: 2)).parse($0) } }
        }
        #expect(throws: FieldParser.Refusal.numberOutOfRange) { try withBytes("10000001") { try parser(.integer).parse($0) } }
        for text in ["0209-01-01", "1899-12-31", "2101-01-01"] {
            #expect(throws: FieldParser.Refusal.dateOutOfRange) { try withBytes(text) { try parser(.date).parse($0) } }
        }
        #expect(try withBytes("1900-01-01") { try parser(.date).parse($0) } == .date(CalendarDate(dayNumber: -25_567)))
        #expect(try withBytes("2100-12-31") { try parser(.date).parse($0) } == .date(CalendarDate(dayNumber: 47_846)))
    }

    @Test("a text or number that the contract translates is read as what it stands for; a blank meaning is no value")
    func replacements() {
        let number = parser(.integer) { $0.values = ["无": "0"] }
        #expect(withBytes("无") { number.replacement(for: $0) } == Array("0".utf8))
        #expect(withBytes("无 ") { number.replacement(for: $0) } == nil)
        #expect(withBytes("属实") { parser(.category(CategoryDescription(PetitionFinding.self))) { $0.values = ["属实": "x"] }.replacement(for: $0) } == nil)
    }

    @Test(
        "what findings show is short, and has no telephone or identity number",
        arguments: [
            ("2025-02-30", "2025-02-30"), ("13800138000", "***"), ("电话13800138000。", "电话***。"), ("1234567890", "1234567890"),
            (String(repeating: "文", count: 70), String(repeating: "文", count: 60) + "…"), ("", ""),
        ])
    func shown(written: String, shown: String) {
        #expect(withBytes(written) { ShownValue.text($0) } == shown)
    }

    @Test("a plan knows where each field lies, what it is constantly, and what it lacks")
    func plan() throws {
        var contract = SourceContract.plain(.petitions, ["record_id", "closed", "kind"])
        contract.columns[2] = ColumnMapping(field: "kind", column: nil, constant: "accusation")
        let (plan, findings) = ColumnPlan.bind(header: ["\u{3000}closed", "ｒecord_id", "x"], contract: contract, file: "p.csv")
        let bound = try #require(plan)
        #expect(bound.columns.map(\.place) == [1, 0])
        #expect(bound.columns.map { contract.role.fields[$0.field].name } == ["record_id", "closed"])
        #expect(bound.constants.map(\.value) == [.category(0)])
        #expect(findings.map(\.check) == ["UnknownColumn"])
        #expect(ColumnPlan.bind(header: ["record_id"], contract: contract, file: "p.csv").plan == nil)
    }
}
