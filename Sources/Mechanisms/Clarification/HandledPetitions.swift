import PipelineModel
import Statistics
import Warehouse

/// How each unit handles each kind of petition (mechanism 5): whether accepted and closed in time, and how old the open ones are.
///
/// A petition enters a share when the day of its duty has passed, whether the duty was done or not: counting the early ones among those that still have time
/// would flatter whoever is slow.
enum HandledPetitions {
    static let measures = [
        MeasureLabel(PetitionHandling.acceptanceMeasure, .clarification, "信访按期受理的占比", "Share of petitions accepted in time"),
        MeasureLabel(PetitionHandling.closingMeasure, .clarification, "信访按期办结的占比", "Share of petitions closed in time"),
    ]

    static func run(_ night: TrackNight) throws -> [Finding] {
        guard let deadlines = night.pipeline.deadlines?.petitions else {
            return [night.noRules("deadlines", table: PetitionHandling.table)]
        }
        let tally = try PetitionTally(deadlines, night)
        let records = tally.records()
        var (accepted, closed) = (MeasureCounts(), MeasureCounts())
        for record in records {
            if record.acceptanceDue > 0 { accepted.add(record.acceptedInTime, of: record.acceptanceDue, unitID: record.unitID) }
            if record.closingDue > 0 { closed.add(record.closedInTime, of: record.closingDue, unitID: record.unitID) }
        }
        night.store(try compare(records))
        night.store(accepted.values(PetitionHandling.acceptanceMeasure, asOf: night.asOf))
        night.store(closed.values(PetitionHandling.closingMeasure, asOf: night.asOf))
        return tally.isEmpty ? [night.emptySource(.petitions, table: PetitionHandling.table)] : []
    }

    /// Numbers the rows and places each unit among the units, kind by kind; petitions of no known unit are in no funnel.
    private static func compare(_ records: [PetitionHandling]) throws -> [PetitionHandling] {
        var records = records
        for index in records.indices { records[index].number = index + 1 }
        for (_, indices) in Dictionary(grouping: records.indices.filter({ records[$0].unitID != nil }), by: { records[$0].kind }) {
            let acceptance = try Funnel(shares: indices.map { (Double(records[$0].acceptedInTime), Double(records[$0].acceptanceDue)) })
            let closing = try Funnel(shares: indices.map { (Double(records[$0].closedInTime), Double(records[$0].closingDue)) })
            for index in indices {
                if let reading = try acceptance?.reading(records[index].acceptedInTime, of: Double(records[index].acceptanceDue)) {
                    records[index].acceptance = reading
                }
                if let reading = try closing?.reading(records[index].closedInTime, of: Double(records[index].closingDue)) { records[index].closing = reading }
            }
        }
        return records
    }
}
