import PipelineModel
import Warehouse

/// A row that counts towards a trigger.
struct TriggerRow: Hashable {
    let source: String
    let recordID: String?
    let file: String
    let line: Int
    let day: CalendarDate
    /// The value of the field that a `consecutive` pattern follows.
    let step: Int?

    /// Newest first; rows of one day by their number in their own system, the highest first, so that the order of an export changes nothing
    /// and a further row of that day, which has a higher number, is the newest.
    static func isNewer(_ left: TriggerRow, _ right: TriggerRow) -> Bool {
        if left.day != right.day { return left.day > right.day }
        if left.source != right.source { return left.source < right.source }
        if left.recordID != right.recordID { return left.recordID ?? "" > right.recordID ?? "" }
        return (left.file, left.line) < (right.file, right.line)
    }
}

/// A trigger that one cadre meets: the rows it rests on, newest first, and how many a protection took out.
struct TriggerHit {
    let newest: TriggerRow
    let rows: [TriggerRow]
    let excluded: Int
}

/// Finds who meets a rule trigger.
struct TriggerReader {
    private let trigger: RuleTrigger
    private let condition: BoundCondition
    private let countingFindings: [PetitionFinding]
    private let oldest: CalendarDate
    private let asOf: CalendarDate

    /// - Throws: `FlaggingError.badTrigger` where the condition or the date does not fit the source.
    init(_ trigger: RuleTrigger, counting countingFindings: [PetitionFinding], asOf: CalendarDate) throws(FlaggingError) {
        self.trigger = trigger
        self.countingFindings = countingFindings
        self.asOf = asOf
        // A term of months ends on the corresponding day, which still belongs to it.
        self.oldest = asOf.adding(months: -trigger.withinMonths)
        do {
            condition = try BoundCondition(trigger.condition, role: trigger.source, asOf: asOf)
        } catch {
            throw .badTrigger(id: trigger.id, reason: error.description)
        }
        guard trigger.source.isAboutCadres else { throw .badTrigger(id: trigger.id, reason: "rows of \(trigger.source.rawValue) are not about one cadre") }
        var named = [trigger.dateField]
        if case .consecutive(_, let field) = trigger.pattern { named.append(field) }
        for field in named where trigger.source.index(of: field) == nil {
            throw .badTrigger(id: trigger.id, reason: "\(trigger.source.rawValue) has no field \(field)")
        }
    }

    /// Every cadre who meets the trigger. Rows that were resolved to nobody, that have no day, or lie outside the trigger's months count for nothing.
    func hits(in transaction: Transaction, files: ExportFiles, cleared: ClearedEvents) throws -> [String: TriggerHit] {
        let role = trigger.source
        var rows: [String: [TriggerRow]] = [:]
        var excluded: [String: Int] = [:]
        try transaction.forEachRow(of: role, ifCodesOf: trigger.condition) { row in
            let fields = NamedFields(row, role)
            guard let cadreID = row.cadreID, let day = fields.day(trigger.dateField), oldest <= day, day <= asOf,
                condition.holds(for: row.values), mayCount(fields)
            else { return }
            let source = files.source(of: row.fileID)
            let recordID = role.recordField.flatMap(fields.text)
            guard !cleared.contains(fields, source: source, role: role, recordID: recordID, cadreID: cadreID) else {
                excluded[cadreID, default: 0] += 1
                return
            }
            rows[cadreID, default: []].append(
                TriggerRow(
                    source: source, recordID: recordID, file: files.path(of: row.fileID), line: row.line, day: day, step: step(of: fields)))
        }
        var hits: [String: TriggerHit] = [:]
        for (cadreID, found) in rows {
            let matching = match(found.sorted(by: TriggerRow.isNewer))
            guard let newest = matching.first else { continue }
            hits[cadreID] = TriggerHit(newest: newest, rows: matching, excluded: excluded[cadreID] ?? 0)
        }
        return hits
    }

    /// Innocent until substantiated, whatever the trigger's condition says: a petition counts only with a finding that counts, made by the as-of date.
    private func mayCount(_ fields: NamedFields) -> Bool {
        guard trigger.source == .petitions else { return true }
        guard let finding = fields.code("finding", PetitionFinding.self), finding.counts, countingFindings.contains(finding) else { return false }
        return fields.day("closed").map { $0 <= asOf } ?? true
    }

    private func step(of fields: NamedFields) -> Int? {
        guard case .consecutive(_, let field) = trigger.pattern else { return nil }
        return fields.integer(field)
    }

    /// The rows that the flag rests on; none where the pattern is not met.
    private func match(_ rows: [TriggerRow]) -> [TriggerRow] {
        switch trigger.pattern {
        case .count(let needed):
            return rows.count >= needed ? rows : []
        case .consecutive(let needed, _):
            let steps = Set(rows.compactMap(\.step))
            guard let last = steps.max() else { return [] }
            var first = last
            while steps.contains(first - 1) { first -= 1 }
            guard last - first + 1 >= needed else { return [] }
            return rows.filter { row in row.step.map { first <= $0 } ?? false }
        }
    }
}
