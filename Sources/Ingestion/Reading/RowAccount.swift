import PipelineModel
import Warehouse

/// What the rows of a part of a file, or of the whole of it, came to.
struct RowAccount: Sendable {
    private static let findingsPerCheck = 20

    var partial = FactPartial()
    var read = 0
    var accepted = 0
    var outOfScope = 0
    private(set) var rejected = 0
    /// Where the last record starts, if it was short or had invalid bytes.
    var lineOfDamagedLastRecord: Int?
    /// Rows to be stored, of a source that keeps rows.
    var rows: RowBatch?
    private(set) var rejects: [RejectRecord] = []
    private var problems: [(problem: RowProblem, severity: Finding.Severity, line: Int)] = []
    private var countByCheck: [Finding.Check: Int] = [:]

    init() {}

    mutating func reject(_ reasons: [RowProblem], fileID: Int, line: Int) {
        rejected += 1
        for (index, problem) in reasons.enumerated() {
            rejects.append(
                RejectRecord(
                    fileID: fileID, line: line, number: index + 1, column: problem.column, field: problem.field, value: problem.value,
                    check: problem.check.rawValue, reason: problem.message))
            note(problem, line: line, severity: .warning)
        }
    }

    /// Counts a problem, and keeps it if it is one of the first of its kind.
    mutating func note(_ problem: RowProblem, line: Int, severity: Finding.Severity) {
        let count = countByCheck[problem.check, default: 0] + 1
        countByCheck[problem.check] = count
        if count <= RowAccount.findingsPerCheck { problems.append((problem, severity, line)) }
    }

    /// Adds the account of the part that follows, whose lines lie further down. Its rows and rejects are left to the caller, who has stored them.
    mutating func append(_ other: RowAccount, linesLater: Int) {
        partial.merge(other.partial, linesLater: linesLater)
        if other.read > 0 { lineOfDamagedLastRecord = other.lineOfDamagedLastRecord.map { $0 + linesLater } }
        read += other.read
        accepted += other.accepted
        rejected += other.rejected
        outOfScope += other.outOfScope
        for kept in other.problems { note(kept.problem, line: kept.line + linesLater, severity: kept.severity) }
        // Those beyond the first were counted there and not kept.
        for (check, count) in other.countByCheck { countByCheck[check, default: 0] += max(0, count - RowAccount.findingsPerCheck) }
    }

    /// What a person is told: the first problems of each kind by name, the rest as a number.
    func findings(file: String) -> [Finding] {
        var findings = problems.map { kept in
            Finding(
                kept.problem.check, kept.severity, at: .init(file: file, line: kept.line, column: kept.problem.column, field: kept.problem.field),
                value: kept.problem.value, message: kept.problem.message, hint: kept.problem.hint)
        }
        for (check, count) in countByCheck where count > RowAccount.findingsPerCheck {
            let severity = findings.first { $0.check == check }?.severity ?? .warning
            findings.append(.andMore(check, severity, count - RowAccount.findingsPerCheck, file: file))
        }
        if read == 0 { findings.append(.noRows(file)) }
        return findings
    }
}

extension RowAccount {
    /// All but the facts and the rows.
    func store(in writer: inout PartWriter) {
        for count in [read, accepted, outOfScope, rejected] { writer.put(count) }
        writer.put(lineOfDamagedLastRecord)
        writer.put(rejects.count)
        for reject in rejects {
            writer.put(reject.line)
            writer.put(reject.number)
            writer.put(reject.column)
            for text in [reject.field, reject.value, reject.check, reject.reason] { writer.put(text) }
        }
        writer.put(problems.count)
        for (problem, severity, line) in problems {
            writer.put(line)
            writer.put(severity.rawValue)
            problem.store(in: &writer)
        }
        writer.put(countByCheck.count)
        // In one order: what a part came to is known by these bytes.
        for (check, count) in countByCheck.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            writer.put(check.rawValue)
            writer.put(count)
        }
    }

    /// - Parameter file: The number that the file has tonight.
    init(from reader: inout PartReader, file: Int) throws(PartReader.Fault) {
        (read, accepted, outOfScope, rejected) = (try reader.number(), try reader.number(), try reader.number(), try reader.number())
        lineOfDamagedLastRecord = try reader.optionalNumber()
        for _ in 0..<(try reader.number()) {
            let (line, number, column) = (try reader.number(), try reader.number(), try reader.optionalNumber())
            let (field, value, check, reason) = (try reader.optionalText(), try reader.optionalText(), try reader.optionalText(), try reader.optionalText())
            guard let check, let reason else { throw PartReader.Fault() }
            rejects.append(
                RejectRecord(fileID: file, line: line, number: number, column: column, field: field, value: value, check: check, reason: reason))
        }
        for _ in 0..<(try reader.number()) {
            let (line, severity) = (try reader.number(), Finding.Severity(rawValue: try reader.text()))
            guard let severity else { throw PartReader.Fault() }
            problems.append((try RowProblem(from: &reader), severity, line))
        }
        for _ in 0..<(try reader.number()) {
            let check = Finding.Check(rawValue: try reader.text())
            countByCheck[check] = try reader.number()
        }
    }
}

extension RowProblem {
    fileprivate func store(in writer: inout PartWriter) {
        writer.put(check.rawValue)
        writer.put(column)
        for text in [field, value, message, hint] { writer.put(text) }
    }

    fileprivate init(from reader: inout PartReader) throws(PartReader.Fault) {
        let (check, column) = (try reader.text(), try reader.optionalNumber())
        let (field, value, message, hint) = (try reader.optionalText(), try reader.optionalText(), try reader.optionalText(), try reader.optionalText())
        self.init(check: Finding.Check(rawValue: check), column: column, field: field, value: value, message: message ?? "", hint: hint)
    }
}

extension RowBatch {
    /// Its blocks, before cadres are set in them.
    var bytes: [UInt8] {
        let blocks = unsealedBlocks
        var writer = PartWriter(expecting: blocks.reduce(64) { $0 + $1.content.count + 64 })
        writer.put(blocks.count)
        for block in blocks {
            writer.put(block.firstLine)
            writer.put(block.rows)
            writer.put(block.content)
        }
        return writer.bytes
    }

    init(of role: SourceRole, from reader: inout PartReader) throws(PartReader.Fault) {
        var blocks: [Unsealed] = []
        for _ in 0..<(try reader.number()) {
            blocks.append(Unsealed(firstLine: try reader.number(), rows: try reader.number(), content: try reader.entries(of: UInt8.self)))
        }
        guard let batch = RowBatch(of: role, blocks) else { throw PartReader.Fault() }
        self = batch
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
