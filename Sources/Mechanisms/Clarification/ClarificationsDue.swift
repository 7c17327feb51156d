import PipelineModel
import Warehouse

/// Who was cleared, and whose clarification is still to be published (mechanism 5).
enum ClarificationsDue {
    static let measure = "clarifications_published"
    static let measures = [MeasureLabel(measure, .clarification, "已澄清正名的占比", "Share of cleared cadres whose clarification is published")]

    static func run(_ night: TrackNight) throws -> [Finding] {
        var due: [ClarificationDue] = []
        var published = MeasureCounts()
        var rows = 0
        let read: Set = ["case_id", "decided_date", "published_date", "due_date", "finding"]
        try night.transaction.forEachRow(of: .clarifications, reading: read) { row in
            rows += 1
            let fields = NamedFields(row, .clarifications)
            guard let caseID = fields.text("case_id"), let cadreID = row.cadreID, let decided = fields.day("decided_date"), night.isKnown(decided) else {
                return
            }
            let isPublished = night.isKnown(fields.day("published_date"))
            published.add(isPublished, unitID: night.unit(of: cadreID, on: night.asOf))
            guard !isPublished else { return }
            let limit = fields.day("due_date")
            due.append(
                ClarificationDue(
                    caseID: caseID, cadreID: cadreID, finding: fields.code("finding", PetitionFinding.self), decided: decided, due: limit,
                    daysLeft: limit.map { Int($0.dayNumber - night.asOf.dayNumber) }, fileID: row.fileID, line: row.line))
        }
        night.store(due)
        night.store(published.values(measure, asOf: night.asOf))
        return rows == 0 ? [night.emptySource(.clarifications, table: ClarificationDue.table)] : []
    }
}
