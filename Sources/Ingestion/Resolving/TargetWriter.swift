import PipelineModel
import Warehouse

/// Writes whom the rows of a source are about, and lists those that name nobody.
struct TargetWriter {
    let source: IngestedSource
    let resolver: TargetResolver
    /// Changes the time, and nothing else.
    let threads: Int

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
    ///
    /// - Returns: How many rows name nobody, by reason.
    private func writeRows(in transaction: Transaction) throws -> [UnresolvedReason: Int] {
        let role = source.contract.role
        let empty = RowTargets(source)
        var counts: [UnresolvedReason: Int] = [:]
        func store(_ found: RowTargets) throws {
            for (fileID, line, cadreID) in found.cadres { try transaction.resolveRow(of: role, fileID: fileID, line: line, to: cadreID) }
            try transaction.insert(found.nobody)
            counts.merge(found.nobody.rowsByReason, uniquingKeysWith: +)
        }
        // Rows are written to while others are passed; their place among them does not change by it.
        if role.isPacked {
            try transaction.foldKeptRows(of: role, fields: empty.fields, ifUnresolved: true, threads: threads, from: empty) { [resolver] found, row in
                try found.take(row, resolver)
            } _: {
                try store($0)
            }
        } else {
            var found = empty
            try transaction.forEachRow(of: role, fields: ["file_id", "line"] + empty.fields, ifUnresolved: true) { try found.take(&$0, resolver) }
            try store(found)
        }
        return counts
    }

    private func writeFacts(in transaction: Transaction) throws -> [UnresolvedReason: Int] {
        var nobody = UnresolvedTargets()
        for target in facts() { nobody.add(target) }
        try transaction.insert(nobody)
        return nobody.rowsByReason
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
