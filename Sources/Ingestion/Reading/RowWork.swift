import PipelineModel
import Tables
import Warehouse

/// The work on the rows of one part of a file: parse, check, scope, key, fold; and the account of it.
///
/// It touches nothing but its own memory, so that parts are worked on side by side. Lines count from the start of the part.
struct RowWork {
    private let contract: SourceContract
    private let fold: FactFold
    private let asOf: CalendarDate
    private let parser: RowParser
    private let checks: RowChecks
    private let scope: BoundCondition?
    private let knownField: Int?
    private let keyFields: [Int]
    private let allFields: [Int]
    private let fileID: Int
    private let keepsRows: Bool

    private(set) var account = RowAccount()

    init(contract: SourceContract, fold: FactFold, asOf: CalendarDate, identityKey: IdentityKey?, plan: ColumnPlan, fileID: Int) throws {
        self.contract = contract
        self.fold = fold
        self.asOf = asOf
        parser = RowParser(plan: plan, contract: contract, identityKey: identityKey)
        checks = RowChecks(role: contract.role, asOf: asOf)
        var scope: BoundCondition?
        if let written = contract.scope { scope = try BoundCondition(written, role: contract.role, asOf: asOf) }
        self.scope = scope
        knownField = contract.known.flatMap { [role = contract.role] in role.index(of: $0) }
        keyFields = contract.key.compactMap { [role = contract.role] in role.index(of: $0) }
        allFields = Array(contract.role.fields.indices)
        self.fileID = fileID
        keepsRows = contract.keep == .rows
    }

    /// Takes one record into account.
    mutating func take(_ record: borrowing CSVRecord) {
        account.read += 1
        let line = record.line
        account.lineOfDamagedLastRecord = nil
        var problems = parser.parse(record)
        if parser.isHeader(record) { problems = [.repeatedHeader] }
        let values = parser.values
        if problems.isEmpty { problems = checks.problems(values) }
        guard problems.isEmpty else {
            if problems.contains(where: { $0.check == "WrongFieldCount" || $0.check == "InvalidBytes" }) { account.lineOfDamagedLastRecord = line }
            account.reject(problems, fileID: fileID, line: line)
            return
        }
        if parser.hadMark { account.note(.markInside, line: line, severity: .note) }
        if let scope, !scope.holds(for: values) {
            account.outOfScope += 1
            return
        }
        if let knownField, let day = values[knownField].day, day > asOf {
            account.outOfScope += 1
            return
        }
        account.accepted += 1
        let position = Position(file: Int32(fileID), line: Int32(line))
        if !keyFields.isEmpty { noteKey(values, at: position) }
        for oddity in checks.settle(values) { account.note(oddity, line: line, severity: .warning) }
        fold.add(values, of: parser, at: position, to: &account.partial)
        if keepsRows { account.rows.append(SourceRow(fileID: fileID, line: line, values: Array(values))) }
    }

    /// Folds one record that has been taken into account before, and nothing else.
    mutating func foldAgain(_ record: borrowing CSVRecord) {
        _ = parser.parse(record)
        _ = checks.settle(parser.values)
        fold.add(parser.values, of: parser, at: Position(file: Int32(fileID), line: Int32(record.line)), to: &account.partial)
    }

    @inline(__always)
    private mutating func noteKey(_ values: Row, at position: Position) {
        var content = ByteHash(seed: 0x9E37_79B9_7F4A_7C15)
        forEachWord(of: allFields, values) { content.mix($0) }
        // A row that lacks a part of its key is known by all it says: two such rows must not replace one another.
        var isNamed = true
        for field in keyFields where values[field].isMissing { isNamed = false }
        var key = RecordHash()
        forEachWord(of: isNamed ? keyFields : allFields, values) { key.mix($0) }
        account.partial.note(key: key, content: content.value, at: position)
    }

    @inline(__always)
    private func forEachWord(of fields: [Int], _ values: Row, _ body: (UInt64) -> Void) {
        for field in fields {
            switch values[field] {
            case .missing: body(0)
            case .text, .present:
                let text = parser.text(field)
                ByteHash.forEachWord(text, body)
                // The length goes in too, so that a blank field and the next one's text cannot trade places.
                body(UInt64(truncatingIfNeeded: text.count) &+ 0x100)
            case .integer(let number), .decimal(let number): body(UInt64(bitPattern: number) &+ 1)
            case .date(let date): body(UInt64(truncatingIfNeeded: date.dayNumber) &+ 1)
            case .timestamp(let timestamp): body(UInt64(bitPattern: timestamp.seconds) &+ 1)
            case .flag(let flag): body(flag ? 2 : 1)
            case .category(let index): body(UInt64(index) &+ 1)
            }
        }
    }
}
