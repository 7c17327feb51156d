import Glibc
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
    private let headerBytes: [[UInt8]]
    private var key: [UInt8] = []

    /// Whether a byte-order mark stood in front of the record, in mid-file; it is no part of the first field.
    private(set) var hadMark = false
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
        headerBytes = plan.header.map { Array($0.utf8) }
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
        hadMark = RowParser.startsWithMark(record[0])
        for column in plan.columns {
            let bytes = FieldText.normalized(column.place == 0 ? RowParser.withoutMark(record[0]) : record[column.place], into: &scratch)
            if bytes.isEmpty { continue }
            let problem = withMeaning(of: bytes, column)
            if let problem { problems.append(problem) }
        }
        for column in requiredFields where values[column.field].isMissing && !problems.contains(where: { $0.column == column.place + 1 }) {
            problems.append(.missingValue(column))
        }
        return problems
    }

    private func withMeaning(of written: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> RowProblem? {
        guard let meant = column.parser.replacement(for: written) else { return take(written, column) }
        return meant.isEmpty ? nil : meant.withUnsafeBufferPointer { take($0, column) }
    }

    /// Parses one field and keeps its value.
    private func take(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> RowProblem? {
        if let base = bytes.baseAddress, memchr(base, 0, bytes.count) != nil { return .nulByte(column) }
        do throws(FieldParser.Refusal) {
            let value = try column.parser.parse(bytes)
            if value == .present, types[column.field] == .identityNumber {
                setIdentity(column.field, bytes)
            } else {
                set(column.field, value, bytes)
            }
            return nil
        } catch {
            return .refused(column, error, value: error == .tooLong ? "\(bytes.count) bytes" : shown(bytes, column), contract: contract)
        }
    }

    /// Whether the record repeats the header: files were put one behind the other.
    func isHeader(_ record: borrowing CSVRecord) -> Bool {
        guard record.fieldCount == headerBytes.count, RowParser.withoutMark(record[0]).elementsEqual(headerBytes[0]) else { return false }
        for index in 1..<headerBytes.count where !record[index].elementsEqual(headerBytes[index]) { return false }
        return true
    }

    /// The bytes of a field's text, trimmed and normalised; empty where it is missing or no text.
    func withText<Value>(_ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        texts.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[textRanges[field]])) }
    }

    /// The texts of some fields, joined by unit separators: how a target is written.
    func withTexts<Value>(_ fields: [Int], _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        if fields.count == 1 { return withText(fields[0], body) }
        key.removeAll(keepingCapacity: true)
        for (place, field) in fields.enumerated() {
            if place > 0 { key.append(TargetTable.separator) }
            key.append(contentsOf: texts[textRanges[field]])
        }
        return key.withUnsafeBufferPointer(body)
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

    /// A value as a finding may show it: cut short, and without what could be somebody's number.
    private func shown(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> String {
        if types[column.field] == .identityNumber { return "***" }
        return ShownValue.text(bytes)
    }

    private static func startsWithMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    }

    private static func withoutMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        startsWithMark(bytes) ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
    }
}

extension FieldValue {
    /// Whether nothing was written. Comparing with `==` would look at texts, and this is asked for every field.
    var isMissing: Bool {
        if case .missing = self { return true }
        return false
    }
}
