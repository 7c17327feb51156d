import PipelineModel
import Tables

/// Parses records of one file into values, reusing its buffers: no String is made, and no text is copied that can stay where it is.
///
/// What it holds lies behind pointers, because a class's own members are checked for overlapping access at every use.
final class RowParser {
    static var noText: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

    /// One value for each field of the role; of the record that was parsed last.
    let values: Row
    private let plan: ColumnPlan
    private let contract: SourceContract
    private let identityKey: IdentityKey?
    private let columns: [Bound]
    private let requiredFields: [ColumnPlan.Column]
    private let headerBytes: [[UInt8]]
    private let hasConstants: Bool
    /// Where each field's text lies: in the record, or in `arena`.
    private let fieldTexts: UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt8>>
    private let arena: TextArena
    /// The most bytes that a row's constants, replacements and hashes can take.
    private let bytesBesidesRecord: Int
    private var scratch = FieldText.Scratch()

    /// A column with all that its usual values ask for.
    private struct Bound {
        let place: Int
        let field: Int
        let isRequired: Bool
        let quick: QuickField
        let column: ColumnPlan.Column
        let parser: FieldParser
    }

    /// Whether a byte-order mark stood in front of the record, in mid-file; it is no part of the first field.
    private(set) var hadMark = false

    init(plan: ColumnPlan, contract: SourceContract, identityKey: IdentityKey?) {
        self.plan = plan
        self.contract = contract
        self.identityKey = identityKey
        columns = plan.columns.map {
            Bound(place: $0.place, field: $0.field, isRequired: $0.mapping.required, quick: QuickField($0.parser), column: $0, parser: $0.parser)
        }
        let fieldCount = contract.role.fields.count
        values = .allocate(capacity: fieldCount)
        values.initialize(repeating: .missing)
        fieldTexts = .allocate(capacity: fieldCount)
        fieldTexts.initialize(repeating: RowParser.noText)
        arena = TextArena()
        requiredFields = plan.columns.filter(\.mapping.required)
        headerBytes = plan.header.map { Array($0.utf8) }
        hasConstants = !plan.constants.isEmpty
        // Targets of two fields are joined, which takes their bytes once more; three hundred are more than any hash has.
        bytesBesidesRecord =
            plan.constants.reduce(0) { $0 + 2 * $1.bytes.count }
            + plan.columns.reduce(0) { $0 + 2 * $1.parser.longestReplacement + 2 * IdentityKey.hashBytes + 1 }
    }

    deinit {
        values.deinitialize()
        values.deallocate()
        fieldTexts.deallocate()
    }

    /// Parses a record; `values` and `text` speak of it until the next one, and as long as the record's bytes are there.
    ///
    /// - Returns: Every reason to reject the row; none where it is sound.
    func parse(_ record: borrowing CSVRecord) -> [RowProblem] {
        guard !record.hasInvalidBytes, record.fieldCount == headerBytes.count else { return [whatIsWrong(with: record)] }
        var problems: [RowProblem] = []
        var lacksRequired = false
        let isCommon = record.hasOnlyCommonBytes
        arena.begin(3 * record.bytes.count + bytesBesidesRecord)
        if hasConstants { setConstants() }
        hadMark = RowParser.startsWithMark(record[0])
        columns.withUnsafeBufferPointer { columns in
            for index in columns.indices {
                let (field, place) = (columns[index].field, columns[index].place)
                let written = place == 0 && hadMark ? RowParser.withoutMark(record[0]) : record[place]
                if isCommon, !written.isEmpty, FieldText.isTrimmed(written),
                    let value = columns[index].quick.isSpelling ? columns[index].parser.spelled(written) : columns[index].quick.value(written)
                {
                    values[field] = value
                    fieldTexts[field] = value.kind == .text ? written : RowParser.noText
                    continue
                }
                values[field] = .missing
                fieldTexts[field] = RowParser.noText
                if !written.isEmpty, let problem = parse(written, columns[index].column, isCommon: isCommon) { problems.append(problem) }
                if columns[index].isRequired, values[field].isMissing { lacksRequired = true }
            }
        }
        if lacksRequired {
            for column in requiredFields where values[column.field].isMissing && !problems.contains(where: { $0.column == column.place + 1 }) {
                problems.append(.missingValue(column))
            }
        }
        return problems
    }

    // What follows is seldom asked for, and apart: the contract, of many members, would else be copied for every row.

    /// Why a record has no values at all.
    @inline(never)
    private func whatIsWrong(with record: borrowing CSVRecord) -> RowProblem {
        if record.hasInvalidBytes { return .invalidBytes(encoding: contract.encoding) }
        if record.fieldCount == 1, record[0].allSatisfy({ $0 == 0x1A }) { return .endOfFileMark }
        return .wrongFieldCount(found: record.fieldCount, expected: headerBytes.count)
    }

    @inline(never)
    private func setConstants() {
        for constant in plan.constants { set(constant.field, constant.value, constant.bytes.withUnsafeBufferPointer(arena.kept)) }
    }

    /// - Parameter isCommon: Whether nothing in the record could need more than trimming, or be a NUL byte.
    @inline(never)
    private func parse(_ written: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column, isCommon: Bool) -> RowProblem? {
        if isCommon, FieldText.isTrimmed(written) { return withMeaning(of: written, column) }
        let normal = FieldText.normalized(written, into: &scratch)
        if normal.isEmpty { return nil }
        if normal.contains(0) { return .nulByte(column) }
        return withMeaning(of: arena.kept(normal), column)
    }

    private func withMeaning(of written: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> RowProblem? {
        guard let meant = column.parser.replacement(for: written) else { return take(written, column) }
        return meant.isEmpty ? nil : take(meant.withUnsafeBufferPointer(arena.kept), column)
    }

    /// Parses one field and keeps its value.
    private func take(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> RowProblem? {
        do throws(FieldParser.Refusal) {
            let value = try column.parser.parse(bytes)
            if column.parser.isIdentity {
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
        guard record.fieldCount == headerBytes.count, RowParser.isSame(RowParser.withoutMark(record[0]), headerBytes[0]) else { return false }
        for index in 1..<headerBytes.count where !RowParser.isSame(record[index], headerBytes[index]) { return false }
        return true
    }

    /// The bytes of a field's text, trimmed and normalised; empty where it is missing or no text.
    @inline(__always)
    func text(_ field: Int) -> UnsafeBufferPointer<UInt8> { fieldTexts[field] }

    /// Up to three fields whose texts are joined.
    struct Joined: Sendable {
        let (first, second, third): (Int, Int, Int)
        let count: Int

        /// - Precondition: One, two or three.
        init(_ fields: [Int]) {
            precondition((1...3).contains(fields.count), "a target has one, two or three fields")
            (first, second, third) = (fields[0], fields.count > 1 ? fields[1] : -1, fields.count > 2 ? fields[2] : -1)
            count = fields.count
        }
    }

    /// The texts of some fields, joined by unit separators: how a target is written.
    @inline(__always)
    func texts(_ fields: Joined) -> UnsafeBufferPointer<UInt8> { fields.count == 1 ? fieldTexts[fields.first] : joined(fields) }

    private func joined(_ fields: Joined) -> UnsafeBufferPointer<UInt8> {
        let start = arena.used
        _ = arena.kept(fieldTexts[fields.first])
        arena.append(TargetTable.separator)
        _ = arena.kept(fieldTexts[fields.second])
        if fields.count > 2 {
            arena.append(TargetTable.separator)
            _ = arena.kept(fieldTexts[fields.third])
        }
        return arena.text(from: start)
    }

    @inline(__always)
    private func set(_ field: Int, _ value: ParsedValue, _ bytes: UnsafeBufferPointer<UInt8>) {
        values[field] = value
        fieldTexts[field] = value.kind == .text ? bytes : RowParser.noText
    }

    private func setIdentity(_ field: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        // Without a key the number is dropped: it must never be stored as it is.
        guard var hash = identityKey?.hash(bytes) else { return }
        fieldTexts[field] = hash.withUTF8(arena.kept)
        values[field] = .text
    }

    /// A value as a finding may show it: cut short, and without what could be somebody's number.
    private func shown(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ColumnPlan.Column) -> String {
        if column.parser.isIdentity { return "***" }
        return ShownValue.text(bytes)
    }

    private static func isSame(_ bytes: UnsafeBufferPointer<UInt8>, _ other: [UInt8]) -> Bool {
        bytes.count == other.count && bytes.elementsEqual(other)
    }

    private static func startsWithMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    }

    private static func withoutMark(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        startsWithMark(bytes) ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
    }
}
