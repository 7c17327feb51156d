import PipelineModel
import Tables

/// Parses records of one file into values, reusing its buffers: in a source of facts no String is made.
final class RowParser {
    private let plan: ColumnPlan
    private let contract: SourceContract
    private let identityKey: IdentityKey?
    private let types: [FieldType]
    private let keepsText: Bool
    private var scratch = FieldText.Scratch()
    private var texts: [UInt8] = []
    private var textRanges: [Range<Int>]
    private let requiredFields: [ColumnPlan.Column]

    /// One value for each field of the role; of the record that was parsed last.
    private(set) var values: [FieldValue]

    init(plan: ColumnPlan, contract: SourceContract, identityKey: IdentityKey?) {
        self.plan = plan
        self.contract = contract
        self.identityKey = identityKey
        types = contract.role.fields.map(\.type)
        keepsText = contract.keep == .rows
        values = Array(repeating: .missing, count: types.count)
        textRanges = Array(repeating: 0..<0, count: types.count)
        requiredFields = plan.columns.filter(\.mapping.required)
    }

    /// Parses a record; `values` and `withText` speak of it until the next one.
    ///
    /// - Returns: Every reason to reject the row; none where it is sound.
    func parse(_ record: borrowing CSVRecord) -> [RowProblem] {
        if record.hasInvalidBytes { return [.invalidBytes(encoding: contract.encoding)] }
        guard record.fieldCount == plan.header.count else {
            if record.fieldCount == 1, record[0].allSatisfy({ $0 == 0x1A }) { return [.endOfFileMark] }
            return [.wrongFieldCount(found: record.fieldCount, expected: plan.header.count)]
        }
        var problems: [RowProblem] = []
        texts.removeAll(keepingCapacity: true)
        for index in values.indices {
            values[index] = .missing
            textRanges[index] = 0..<0
        }
        for constant in plan.constants { set(constant.field, constant.value, constant.bytes) }
        for column in plan.columns {
            let bytes = FieldText.normalized(record[column.place], into: &scratch)
            if bytes.isEmpty { continue }
            let problem = withMeaning(of: bytes, column)
            if let problem { problems.append(problem) }
        }
        for column in requiredFields where values[column.field] == .missing && !problems.contains(where: { $0.column == column.place + 1 }) {
            problems.append(.missingValue(column))
        }
        return problems
    }

    private func withMeaning(of written: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> RowProblem? {
        guard let meant = column.parser.replacement(for: written) else { return take(written, column) }
        return meant.withUnsafeBufferPointer { take($0, column) }
    }

    /// Parses one field and keeps its value.
    private func take(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> RowProblem? {
        if bytes.contains(0) { return .nulByte(column) }
        do throws(FieldParser.Refusal) {
            let value = try column.parser.parse(bytes)
            if value == .present, types[column.field] == .identityNumber {
                setIdentity(column.field, bytes)
            } else {
                set(column.field, value, bytes)
            }
            return nil
        } catch {
            return .refused(column, error, value: shown(bytes, column), contract: contract)
        }
    }

    /// Whether the record repeats the header: files were put one behind the other.
    func isHeader(_ record: borrowing CSVRecord) -> Bool {
        guard record.fieldCount == plan.header.count else { return false }
        for index in plan.header.indices where !isSame(record[index], plan.header[index], isFirst: index == 0) { return false }
        return true
    }

    /// The bytes of a field's text, trimmed and normalised; empty where it is missing or no text.
    func withText<Value>(_ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        texts.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[textRanges[field]])) }
    }

    private func set(_ field: Int, _ value: FieldValue, _ bytes: some Collection<UInt8>) {
        values[field] = value
        guard value == .present || types[field] == .text else { return }
        let start = texts.count
        texts.append(contentsOf: bytes)
        textRanges[field] = start..<texts.count
        values[field] = keepsText ? .text(String(decoding: bytes, as: UTF8.self)) : .present
    }

    private func setIdentity(_ field: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        // Without a key the number is dropped: it must never be stored as it is.
        guard let hash = identityKey?.hash(bytes) else { return }
        set(field, .text(hash), Array(hash.utf8))
        values[field] = .text(hash)
    }

    private func shown(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> String {
        if types[column.field] == .identityNumber { return "***" }
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        return bytes.count > 200 ? text + "…" : text
    }

    private func isSame(_ bytes: UnsafeBufferPointer<UInt8>, _ name: String, isFirst: Bool) -> Bool {
        var text = String(decoding: bytes, as: UTF8.self)
        if isFirst, text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        return text == name
    }
}

/// One reason to reject a row.
struct RowProblem {
    let check: Finding.Check
    /// Counts from 1; `nil` where the whole record is meant.
    let column: Int?
    /// The column's name in the export.
    let field: String?
    /// As written; masked where private.
    let value: String?
    let message: String
    let hint: String?

    static func invalidBytes(encoding: TextEncodingName) -> RowProblem {
        RowProblem(
            check: "InvalidBytes", column: nil, field: nil, value: nil, message: "the row has bytes that are not \(encoding.rawValue)",
            hint: "parts of the file may have been written in another encoding: export it again in one")
    }

    static let endOfFileMark = RowProblem(
        check: "EndOfFileMark", column: nil, field: nil, value: nil, message: "an old end-of-file mark (Ctrl-Z) stands where a row should be", hint: nil)

    static let repeatedHeader = RowProblem(
        check: "RepeatedHeader", column: nil, field: nil, value: nil, message: "the header stands again in mid-file",
        hint: "files were put one behind the other: deliver them side by side")

    static func wrongFieldCount(found: Int, expected: Int) -> RowProblem {
        RowProblem(
            check: "WrongFieldCount", column: nil, field: nil, value: String(found),
            message: "the row has \(found) fields where the header has \(expected)",
            hint: found > expected ? "a delimiter inside a text may lack its quotes" : "the row may have been cut, or a line break lacks its quotes")
    }

    static func nulByte(_ column: ColumnPlan.Column) -> RowProblem {
        RowProblem(
            check: "NulByte", column: column.place + 1, field: column.name, value: nil, message: "\(column.name) holds a NUL byte",
            hint: "the file was damaged on its way: deliver it again")
    }

    static func missingValue(_ column: ColumnPlan.Column) -> RowProblem {
        RowProblem(
            check: "MissingValue", column: column.place + 1, field: column.name, value: nil, message: "\(column.name) is blank, and a row needs it",
            hint: "fill it in the system")
    }

    static func refused(_ column: ColumnPlan.Column, _ refusal: FieldParser.Refusal, value: String, contract: SourceContract) -> RowProblem {
        let what: String
        switch refusal {
        case .unknownValue, .notADate, .notANumber: what = "is not \(column.parser.expectation)"
        case .dateOutOfRange: what = "is a day that cannot be right"
        case .numberOutOfRange: what = "is outside its bounds"
        case .badIdentityNumber: what = "is not a valid identity number (GB 11643)"
        case .tooLong: what = "is longer than \(FieldParser.maximumTextBytes) bytes"
        }
        return RowProblem(
            check: refusal.check, column: column.place + 1, field: column.name, value: value, message: "\(column.name) \"\(value)\" \(what)",
            hint: column.parser.hint(for: refusal, contract: contract))
    }
}
