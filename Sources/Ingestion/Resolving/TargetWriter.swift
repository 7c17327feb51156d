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
        let unresolved = contract.keep == .rows ? try writeRows(in: transaction) : facts()
        try transaction.insert(unresolved)
        var findings: [Finding] = []
        for reason in UnresolvedReason.allCases {
            let rows = unresolved.filter { $0.reason == reason }.reduce(0) { $0 + $1.rows }
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

    private func writeRows(in transaction: Transaction) throws -> [UnresolvedTarget] {
        let role = source.contract.role
        let files = Set(source.files.map(\.fileID))
        var unresolved: [UnresolvedTarget] = []
        let forms = source.contract.targets.flatMap(\.fields)
        let names = Set(forms + ["cadre_id", "unit", "post", "name"] + [role.recordField, role.eventDateField].compactMap { $0 })
        // Most rows found their cadre while they were read. A row is written to while the rows are passed; its place among them does not change by it.
        try transaction.forEachRow(of: role, reading: names, ifUnresolved: true) { row in
            guard files.contains(row.fileID) else { return }
            let fields = NamedFields(row, role)
            guard let key = source.contract.target(in: fields) else {
                if !role.isOftenAboutUnits { unresolved.append(record(row, fields, nil, .noTarget, candidates: 0)) }
                return
            }
            switch resolver.resolve(key, on: role.eventDateField.flatMap { fields.day($0) }) {
            case .cadre(let id): try transaction.resolveRow(of: role, fileID: row.fileID, line: row.line, to: id)
            case .nobody(let reason, let candidates): unresolved.append(record(row, fields, key.form, reason, candidates: candidates))
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
