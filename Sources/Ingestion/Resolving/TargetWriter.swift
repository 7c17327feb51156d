import PipelineModel
import Warehouse

/// Writes whom the rows of a source are about, and lists those that name nobody.
struct TargetWriter {
    let source: IngestedSource
    let resolver: TargetResolver

    /// - Returns: One finding per source and reason with its count.
    func write(in transaction: Transaction) throws -> [Finding] {
        let contract = source.contract
        guard contract.role.isAboutCadres, !contract.targets.isEmpty else { return [] }
        let rowsByReason = contract.keep == .rows ? try writeRows(in: transaction) : try writeFacts(in: transaction)
        var findings: [Finding] = []
        for reason in UnresolvedReason.allCases {
            let rows = rowsByReason[reason] ?? 0
            if rows == 0 { continue }
            let place = Finding.Location(file: source.files.map(\.path).joined(separator: " "))
            if reason == .needsReview {
                findings.append(.targetsForReview(rows, source: contract.name, at: place))
                continue
            }
            findings.append(
                Finding(
                    "UnresolvedTarget", .warning, at: place, value: reason.rawValue,
                    message: "\(rows) rows of \(contract.name) name nobody for certain (\(reason.chinese)); they count for nobody",
                    hint: "see unresolved_targets.csv"))
        }
        return findings
    }

    /// Most rows found their cadre while they were read; the others are resolved with all that is known now, or listed.
    private func writeRows(in transaction: Transaction) throws -> [UnresolvedReason: Int] {
        let role = source.contract.role
        let files = Set(source.files.map(\.fileID))
        var counts: [UnresolvedReason: Int] = [:]
        var targets = UnresolvedTargetWriter(transaction)
        var row = UnresolvedRow(source.contract)
        var (bytes, written): ([UInt8], TargetTable) = ([], TargetTable())
        var meanings: [TargetResolver.Meaning] = []
        func list(_ form: TargetForm?, _ reason: UnresolvedReason, candidates: Int) throws {
            counts[reason, default: 0] += 1
            try targets.add(
                UnresolvedTarget(
                    fileID: row.fileID, line: row.line, source: source.contract.name, recordID: row.recordID, form: form,
                    writtenCadreID: row.writtenCadreID, unit: row.unit, post: row.post, name: role == .petitions ? row.name : nil,
                    eventDate: row.day, rows: 1, reason: reason, candidates: candidates))
        }
        func take() throws {
            guard files.contains(row.fileID) else { return }
            guard let form = row.target(into: &bytes) else {
                if !role.isOftenAboutUnits { try list(nil, .noTarget, candidates: 0) }
                return
            }
            let target = Int(bytes.withUnsafeBufferPointer { written.intern(form, $0) })
            if target == meanings.count { meanings.append(bytes.withUnsafeBufferPointer { resolver.meaning(form, $0) }) }
            switch resolver.outcome(of: meanings[target], TargetTable.Key(form: form, bytes: bytes), on: row.day?.dayNumber ?? FactPartial.noDay) {
            case .cadre(let id): try transaction.resolveRow(of: role, fileID: row.fileID, line: row.line, to: id)
            case .nobody(let reason, let candidates): try list(form, reason, candidates: candidates)
            }
        }
        // A row is written to while the rows are passed; its place among them does not change by it.
        if role.isPacked {
            try transaction.forEachKeptRow(of: role, fields: row.fields, ifUnresolved: true) {
                try row.fill(from: $0)
                try take()
            }
        } else {
            try transaction.forEachRow(of: role, fields: ["file_id", "line"] + row.fields, ifUnresolved: true) {
                try row.fill(from: &$0)
                try take()
            }
        }
        try targets.finish()
        return counts
    }

    private func writeFacts(in transaction: Transaction) throws -> [UnresolvedReason: Int] {
        let unresolved = facts()
        var targets = UnresolvedTargetWriter(transaction)
        for target in unresolved { try targets.add(target) }
        try targets.finish()
        return Dictionary(unresolved.map { ($0.reason, $0.rows) }, uniquingKeysWith: +)
    }

    private func facts() -> [UnresolvedTarget] {
        let partial = source.partial
        var records: [UnresolvedTarget] = []
        for (target, sighting) in partial.sightings {
            let key = partial.targets.keys[Int(target.target)]
            let day = target.day == FactPartial.noDay ? nil : CalendarDate(dayNumber: target.day)
            guard case .nobody(let reason, let candidates) = resolver.resolve(key, on: day) else { continue }
            let parts = key.parts
            var record = UnresolvedTarget(
                fileID: Int(sighting.first.file), line: Int(sighting.first.line), source: source.contract.name, recordID: nil,
                form: reason == .noTarget ? nil : key.form, writtenCadreID: nil, unit: nil, post: nil, name: nil, eventDate: day,
                rows: Int(sighting.rows), reason: reason, candidates: candidates)
            switch key.form {
            case .cadre: record.writtenCadreID = parts.first.flatMap { $0.isEmpty ? nil : $0 }
            case .unitAndPost: (record.unit, record.post) = (parts.first, parts.last)
            case .unitAndName: (record.unit, record.name) = (parts.first, parts.last)
            case .words:
                let words = TargetWords(key)
                (record.unit, record.post, record.name) = (words?.unit, words?.post, words?.name)
            }
            records.append(record)
        }
        return records.sorted { ($0.fileID, $0.line) < ($1.fileID, $1.line) }
    }
}

extension Finding {
    fileprivate static func targetsForReview(_ rows: Int, source: String, at place: Location) -> Finding {
        Finding(
            "TargetsForReview", .warning, at: place, value: String(rows),
            message: "\(rows) rows of \(source) name somebody in words whom a person must confirm; they count for nobody",
            hint: "petition_links.csv has the candidates and what speaks for each; write the cadre's number into the petition system")
    }
}
