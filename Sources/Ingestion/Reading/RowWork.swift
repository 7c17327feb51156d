import PipelineModel
import Tables
import Warehouse

/// The work on the rows of one file: parse, check, scope, key, store, fold; and the account of it.
struct RowWork {
    private static let findingsPerCheck = 20

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
    private let file: String

    private var partial = FactPartial()
    private var findings: [Finding] = []
    private var countByCheck: [Finding.Check: Int] = [:]
    private var read = 0
    private var accepted = 0
    private var rejected = 0
    private var outOfScope = 0
    /// Where the last record starts, if it was short or had invalid bytes.
    private(set) var lineOfDamagedLastRecord: Int?

    init(reader: FileReader, plan: ColumnPlan, fileID: Int, file: String) throws {
        contract = reader.contract
        fold = reader.fold
        asOf = reader.asOf
        parser = RowParser(plan: plan, contract: contract, identityKey: reader.identityKey)
        checks = RowChecks(role: contract.role, asOf: asOf)
        var scope: BoundCondition?
        if let written = contract.scope { scope = try BoundCondition(written, role: contract.role, asOf: asOf) }
        self.scope = scope
        knownField = contract.known.flatMap { [role = contract.role] in role.index(of: $0) }
        keyFields = contract.key.compactMap { [role = contract.role] in role.index(of: $0) }
        allFields = Array(contract.role.fields.indices)
        self.fileID = fileID
        self.file = file
    }

    /// Takes one record into account.
    mutating func take(_ record: borrowing CSVRecord, transaction: Transaction) throws {
        read += 1
        let line = record.line
        lineOfDamagedLastRecord = nil
        var problems = parser.parse(record)
        if parser.isHeader(record) { problems = [.repeatedHeader] }
        if problems.contains(where: { $0.check == "WrongFieldCount" || $0.check == "InvalidBytes" }) { lineOfDamagedLastRecord = line }
        var values = parser.values
        if problems.isEmpty { problems = checks.problems(values) }
        guard problems.isEmpty else {
            rejected += 1
            try reject(problems, line: line, transaction: transaction)
            return
        }
        if parser.hadMark { note(.markInside, line: line, severity: .note) }
        if let scope, !scope.holds(for: values) {
            outOfScope += 1
            return
        }
        if let knownField, let day = values[knownField].day, day > asOf {
            outOfScope += 1
            return
        }
        accepted += 1
        let position = Position(file: Int32(fileID), line: Int32(line))
        if !keyFields.isEmpty {
            let content = hash(of: allFields, values)
            // A row that lacks a part of its key is known by all it says: two such rows must not replace one another.
            let isNamed = keyFields.allSatisfy { !values[$0].isMissing }
            partial.note(key: isNamed ? hash(of: keyFields, values) : content, content: content.low, at: position)
        }
        for oddity in checks.settle(&values) { note(oddity, line: line, severity: .warning) }
        fold.add(values, of: parser, at: position, to: &partial)
        if contract.keep == .rows {
            try transaction.insert(SourceRow(fileID: fileID, line: line, values: values), of: contract.role)
        }
    }

    /// Hands over what the file came to.
    func finish(into outcome: inout FileOutcome) {
        outcome.file.rowsRead = read
        outcome.file.rowsAccepted = accepted
        outcome.file.rowsRejected = rejected
        outcome.file.rowsOutOfScope = outOfScope
        outcome.partial = partial
        outcome.findings += findings
        for (check, count) in countByCheck where count > RowWork.findingsPerCheck {
            let severity = findings.first { $0.check == check }?.severity ?? .warning
            outcome.findings.append(.andMore(check, severity, count - RowWork.findingsPerCheck, file: file))
        }
        if read == 0 { outcome.findings.append(.noRows(file)) }
    }

    private mutating func reject(_ problems: [RowProblem], line: Int, transaction: Transaction) throws {
        try transaction.insert(
            problems.enumerated().map { index, problem in
                RejectRecord(
                    fileID: fileID, line: line, number: index + 1, column: problem.column, field: problem.field, value: problem.value,
                    check: problem.check.rawValue, reason: problem.message)
            })
        for problem in problems { note(problem, line: line, severity: .warning) }
    }

    private mutating func note(_ problem: RowProblem, line: Int, severity: Finding.Severity) {
        countByCheck[problem.check, default: 0] += 1
        guard countByCheck[problem.check, default: 0] <= RowWork.findingsPerCheck else { return }
        findings.append(
            Finding(
                problem.check, severity, at: .init(file: file, line: line, column: problem.column, field: problem.field), value: problem.value,
                message: problem.message, hint: problem.hint))
    }

    private func hash(of fields: [Int], _ values: [FieldValue]) -> RecordHash {
        var hash = RecordHash()
        for field in fields {
            switch values[field] {
            case .missing: hash.mix(0)
            case .text, .present: parser.withText(field) { hash.combine($0) }
            case .integer(let number), .decimal(let number): hash.mix(UInt64(bitPattern: number) &+ 1)
            case .date(let date): hash.mix(UInt64(truncatingIfNeeded: date.dayNumber) &+ 1)
            case .timestamp(let timestamp): hash.mix(UInt64(bitPattern: timestamp.seconds) &+ 1)
            case .flag(let flag): hash.mix(flag ? 2 : 1)
            case .category(let index): hash.mix(UInt64(index) &+ 1)
            }
        }
        return hash
    }
}

extension Finding {
    fileprivate static func andMore(_ check: Check, _ severity: Severity, _ count: Int, file: String) -> Finding {
        Finding(
            check, severity, at: Location(file: file), message: "\(count) further rows of this file with the same problem",
            hint: "rows that were refused are all in rejects.csv")
    }

    fileprivate static func noRows(_ file: String) -> Finding {
        Finding(
            "NoRows", .warning, at: Location(file: file), message: "the file has a header and no rows",
            hint: "right only if there was really nothing to export")
    }
}
