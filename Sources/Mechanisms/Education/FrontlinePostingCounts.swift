import PipelineModel
import Warehouse

/// Who was sent to the front line, from which unit, in which year, for what (mechanism 1).
enum FrontlinePostingCounts {
    /// Share of the cadres in service who are posted to the front line tonight.
    static let measure = "frontline_posted_now"
    /// Postings that began in the year of the as-of date.
    static let yearMeasure = "frontline_sent_this_year"
    static let measures = [
        MeasureLabel(measure, .education, "在攻坚一线的干部占比", "Share of cadres in service who are posted to the front line"),
        MeasureLabel(yearMeasure, .education, "本年派往一线人次", "Postings to the front line that began this year"),
    ]

    static func run(_ night: TrackNight) throws -> [Finding] {
        var counts: [Key: Count] = [:]
        var posted: Set<String> = []
        var sentThisYear: [String: Int] = [MeasureValue.allUnits: 0]
        var rows = 0
        try night.transaction.forEachRow(of: .frontlinePostings) { row in
            rows += 1
            let fields = NamedFields(row, .frontlinePostings)
            guard let cadreID = row.cadreID, let start = fields.day("start_date"), night.isKnown(start) else { return }
            let (unitID, year) = (night.unit(of: cadreID, on: start), start.components.year)
            let kind = fields.code("kind", FrontlineKind.self)
            let lasts = fields.day("end_date").map { $0 >= night.asOf } ?? true
            if lasts { posted.insert(cadreID) }
            for key in [Key(year: year, kind: kind, scope: .unit, unitID: unitID), Key(year: year, kind: kind, scope: .all, unitID: nil)] {
                counts[key, default: Count()].sent += 1
                counts[key]?.cadres.insert(cadreID)
                counts[key]?.postedNow += lasts ? 1 : 0
            }
            guard year == night.asOf.components.year else { return }
            for unit in Set([unitID ?? MeasureValue.allUnits, MeasureValue.allUnits]) { sentThisYear[unit, default: 0] += 1 }
        }
        guard rows > 0 else { return [night.emptySource(.frontlinePostings, table: "frontline_postings")] }
        night.store(
            counts.sorted { $0.key < $1.key }.map { key, count in
                FrontlinePostingCount(
                    year: key.year, kind: key.kind, scope: key.scope, unitID: key.unitID, sent: count.sent, cadres: count.cadres.count,
                    postedNow: count.postedNow)
            })
        var shares = MeasureCounts()
        for cadre in night.history.cadres.values where cadre.status == .active {
            shares.add(posted.contains(cadre.cadreID), unitID: night.unit(of: cadre.cadreID, on: night.asOf))
        }
        night.store(shares.values(measure, asOf: night.asOf))
        night.store(
            sentThisYear.sorted { $0.key < $1.key }.map {
                MeasureValue(asOf: night.asOf, measure: yearMeasure, unitID: $0.key, numerator: $0.value, denominator: nil)
            })
        return []
    }

    private struct Key: Hashable, Comparable {
        let year: Int
        let kind: FrontlineKind?
        let scope: CountScope
        let unitID: String?

        static func < (left: Key, right: Key) -> Bool {
            (left.year, left.kind?.rawValue ?? "", left.scope.rawValue, left.unitID ?? "") < (
                right.year, right.kind?.rawValue ?? "", right.scope.rawValue, right.unitID ?? ""
            )
        }
    }

    private struct Count {
        var sent = 0
        var cadres: Set<String> = []
        var postedNow = 0
    }
}
