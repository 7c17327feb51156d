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
    private let conditions: RowConditions
    private let scope: Int32
    private let knownField: Int?
    private let keyFields: [Int]
    private let allFields: [Int]
    private let fileID: Int
    private let keepsRows: Bool
    /// The fields of whose days it is asked whether they have come.
    private let nightFields: [Int]

    private var account = RowAccount()
    private var log = LogWriter()
    private var nights = NightsOfPart()

    init(contract: SourceContract, fold: FactFold, asOf: CalendarDate, identityKey: IdentityKey?, plan: ColumnPlan, fileID: Int) throws {
        self.contract = contract
        self.fold = fold
        self.asOf = asOf
        parser = RowParser(plan: plan, contract: contract, identityKey: identityKey)
        checks = RowChecks(role: contract.role, asOf: asOf)
        var conditions = RowConditions()
        var scope = RowConditions.always
        if let written = contract.scope { scope = conditions.add(try BoundCondition(written, role: contract.role, asOf: asOf)) }
        (self.conditions, self.scope) = (conditions, scope)
        knownField = contract.known.flatMap { [role = contract.role] in role.index(of: $0) }
        keyFields = contract.key.compactMap { [role = contract.role] in role.index(of: $0) }
        allFields = Array(contract.role.fields.indices)
        self.fileID = fileID
        keepsRows = contract.keep == .rows
        nightFields = Set(checks.nightFields + [knownField].compactMap { $0 }).sorted()
        if keepsRows { account.rows = RowBatch(of: contract.role) }
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
        for field in nightFields { if let day = values[field].dayNumber { nights.note(day, on: asOf.dayNumber) } }
        if parser.hadMark { account.note(.markInside, line: line, severity: .note) }
        if scope != RowConditions.always, !conditions.hold(from: scope, for: parser) {
            account.outOfScope += 1
            return
        }
        if let knownField, let day = values[knownField].dayNumber, day > asOf.dayNumber {
            account.outOfScope += 1
            return
        }
        account.accepted += 1
        let position = Position(file: Int32(fileID), line: Int32(line))
        if !keyFields.isEmpty { noteKey(values, at: position) }
        for oddity in checks.settle(parser) { account.note(oddity, line: line, severity: .warning) }
        let written = fold.written(parser, in: &log)
        fold.add(parser, written, at: position, to: &log)
        if keepsRows { keepRow(line, written) }
    }

    /// What the records came to; how they lie in the part is for whoever read it to say.
    consuming func finished() -> ReadPart {
        account.rows?.endRows()
        return ReadPart(log: log.finished(), account: account, nights: nights)
    }

    /// Reads one record that has been taken into account before, and perhaps folds it, and nothing else.
    ///
    /// - Returns: A hash of all that the row says: rows of the same say the same.
    mutating func takeAgain(_ record: borrowing CSVRecord, folding: Bool) -> UInt64 {
        _ = parser.parse(record)
        var content = ByteHash(seed: 0x9E37_79B9_7F4A_7C15)
        forEachWord(of: allFields, parser.values) { content.mix($0) }
        guard folding else { return content.value }
        _ = checks.settle(parser)
        let written = fold.written(parser, in: &log)
        fold.add(parser, written, at: Position(file: Int32(fileID), line: Int32(record.line)), to: &log)
        return content.value
    }

    /// Packs the row, after what was not yet known has been veiled.
    private mutating func keepRow(_ line: Int, _ written: FactFold.Written?) {
        let parser = parser
        account.rows?.append(line: line, textBytes: allFields.reduce(0) { $0 + parser.text($1).count }) { row in
            for field in parser.values.indices {
                let value = parser.values[field]
                switch value.kind {
                case .missing: row.appendMissing()
                case .text: row.append(parser.text(field))
                default: row.append(value.number)
                }
            }
        }
        log.keep(WrittenLog.About(target: written?.target ?? -1, day: fold.day(parser)))
    }

    @inline(__always)
    private mutating func noteKey(_ values: Row, at position: Position) {
        // A row that lacks a part of its key is known by all it says: two such rows must not replace one another.
        var isNamed = true
        for field in keyFields where values[field].isMissing { isNamed = false }
        var key = RecordHash()
        forEachWord(of: isNamed ? keyFields : allFields, values) { key.mix($0) }
        log.note(key: key, at: position)
    }

    @inline(__always)
    private func forEachWord(of fields: [Int], _ values: Row, _ body: (UInt64) -> Void) {
        for field in fields {
            let value = values[field]
            switch value.kind {
            case .missing: body(0)
            case .text:
                let text = parser.text(field)
                ByteHash.forEachWord(text, body)
                // The length goes in too, so that a blank field and the next one's text cannot trade places.
                body(UInt64(truncatingIfNeeded: text.count) &+ 0x100)
            default: body(UInt64(bitPattern: value.number) &+ 1)
            }
        }
    }
}
