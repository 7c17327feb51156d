import PipelineModel
import Warehouse

/// Writes whom the rows of a source are about, and lists those that name nobody.
struct TargetWriter {
    let source: IngestedSource
    let resolver: TargetResolver

    init(source: IngestedSource, history: ServiceHistory) {
        self.source = source
        resolver = TargetResolver(history: history)
    }

    /// - Returns: One finding per source and reason with its count.
    func write(in transaction: Transaction) throws -> [Finding] {
        let contract = source.contract
        guard contract.role.isAboutCadres, !contract.targets.isEmpty else { return [] }
        let unresolved = contract.keep == .rows ? try writeRows(in: transaction) : facts()
        try transaction.insert(unresolved)
        var findings: [Finding] = []
        for reason in UnresolvedReason.allCases {
            let rows = unresolved.filter { $0.reason == reason }.reduce(0) { $0 + $1.rows }
            if rows == 0 { continue }
            findings.append(
                Finding(
                    "UnresolvedTarget", .warning, at: .init(file: source.files.map(\.path).joined(separator: " ")), value: reason.rawValue,
                    message: "\(rows) rows of \(contract.name) name nobody for certain (\(reason.chinese)); they count for nobody",
                    hint: "see unresolved_targets.csv"))
        }
        return findings
    }

    private func writeRows(in transaction: Transaction) throws -> [UnresolvedTarget] {
        let role = source.contract.role
        let files = Set(source.files.map(\.fileID))
        var unresolved: [UnresolvedTarget] = []
        // A row is written to while the rows are passed; its place among them does not change by it.
        try transaction.forEachRow(of: role) { row in
            guard files.contains(row.fileID) else { return }
            let fields = NamedFields(row, role)
            guard let form = source.contract.targets.first(where: { $0.fields.allSatisfy { fields.text($0) != nil } }) else {
                if !role.isOftenAboutUnits { unresolved.append(record(row, fields, nil, .noTarget, candidates: 0)) }
                return
            }
            let bytes = Array(form.fields.compactMap { fields.text($0) }.joined(separator: "\u{1F}").utf8)
            switch resolver.resolve(TargetTable.Key(form: form, bytes: bytes), on: role.eventDateField.flatMap { fields.day($0) }) {
            case .cadre(let id): try transaction.resolveRow(of: role, fileID: row.fileID, line: row.line, to: id)
            case .nobody(let reason, let candidates): unresolved.append(record(row, fields, form, reason, candidates: candidates))
            }
        }
        return unresolved
    }

    private func record(
        _ row: SourceRow, _ fields: NamedFields, _ form: TargetForm?, _ reason: UnresolvedReason, candidates: Int
    ) -> UnresolvedTarget {
        let role = source.contract.role
        return UnresolvedTarget(
            fileID: row.fileID, line: row.line, source: source.contract.name, recordID: role.recordField.flatMap { fields.text($0) },
            form: form?.rawValue ?? "none", writtenCadreID: fields.text("cadre_id"), unit: fields.text("unit"), post: fields.text("post"),
            name: role == .petitions ? fields.text("name") : nil, eventDate: role.eventDateField.flatMap { fields.day($0) }, rows: 1, reason: reason,
            candidates: candidates)
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
                form: reason == .noTarget ? "none" : key.form.rawValue, writtenCadreID: nil, unit: nil, post: nil, name: nil, eventDate: day,
                rows: Int(sighting.rows), reason: reason, candidates: candidates)
            switch key.form {
            case .cadre: record.writtenCadreID = parts.first.flatMap { $0.isEmpty ? nil : $0 }
            case .unitAndPost: (record.unit, record.post) = (parts.first, parts.last)
            case .unitAndName: (record.unit, record.name) = (parts.first, parts.last)
            }
            records.append(record)
        }
        return records.sorted { ($0.fileID, $0.line) < ($1.fileID, $1.line) }
    }
}
