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

    private struct Place: Hashable {
        let unitID: String?
        let kind: PetitionKind?

        /// By unit, then kind; the unknown last.
        static func precedes(_ left: Place, _ right: Place) -> Bool {
            if left.unitID != right.unitID { return right.unitID.map { other in left.unitID.map { $0 < other } ?? false } ?? true }
            let order = { (kind: PetitionKind?) in kind.flatMap { PetitionKind.allCases.firstIndex(of: $0) } ?? .max }
            return order(left.kind) < order(right.kind)
        }
    }

    static func run(_ night: TrackNight) throws -> [Finding] {
        guard let deadlines = night.pipeline.deadlines?.petitions else {
            return [night.noRules("deadlines", table: PetitionHandling.table)]
        }
        var (rows, recordsAcceptance) = (0, false)
        try night.transaction.forEachRow(of: .petitions) { row in
            rows += 1
            if !recordsAcceptance { recordsAcceptance = NamedFields(row, .petitions).day("accepted_date") != nil }
        }
        let window = MonthWindow(trailing: deadlines.windowMonths, asOf: night.asOf)
        var records: [Place: PetitionHandling] = [:]
        var (accepted, closed) = (MeasureCounts(), MeasureCounts())
        try night.transaction.forEachRow(of: .petitions) { row in
            let fields = NamedFields(row, .petitions)
            guard let received = fields.day("received"), night.isKnown(received) else { return }
            let known = { (field: String) in fields.day(field).flatMap { night.isKnown($0) ? $0 : nil } }
            let times = PetitionTimes(
                received: received, accepted: known("accepted_date"), closed: known("closed"), due: fields.day("due_date"),
                recordsAcceptance: recordsAcceptance, isWithdrawn: fields.code("finding", PetitionFinding.self) == .withdrawn, deadlines: deadlines,
                asOf: night.asOf)
            let isInWindow = window.first.firstDay <= received
            guard isInWindow || times.isOpen else { return }
            let written = fields.text("handling_unit") ?? fields.text("unit")
            let unitID = written == nil ? row.cadreID.flatMap { night.unit(of: $0, on: received) } : night.history.unitID(written)
            let place = Place(unitID: unitID, kind: fields.code("kind", PetitionKind.self))
            var record = records[place] ?? PetitionHandling(unitID: place.unitID, kind: place.kind)
            record.add(times, isInWindow: isInWindow, deadlines: deadlines)
            records[place] = record
            guard isInWindow else { return }
            if let inTime = times.acceptedInTime { accepted.add(inTime, unitID: unitID) }
            if let inTime = times.closedInTime { closed.add(inTime, unitID: unitID) }
        }
        try night.transaction.insert(try compare(records.sorted { Place.precedes($0.key, $1.key) }.map(\.value)))
        try night.transaction.insert(accepted.values(PetitionHandling.acceptanceMeasure, asOf: night.asOf))
        try night.transaction.insert(closed.values(PetitionHandling.closingMeasure, asOf: night.asOf))
        return rows == 0 ? [night.emptySource(.petitions, table: PetitionHandling.table)] : []
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

extension PetitionHandling {
    /// A unit and kind without petitions.
    fileprivate init(unitID: String?, kind: PetitionKind?) {
        self.init(
            number: 0, unitID: unitID, kind: kind, received: 0, acceptanceDue: 0, acceptedInTime: 0, acceptance: FunnelReading(), closingDue: 0,
            closedInTime: 0, closing: FunnelReading(), extended: 0, openInAcceptance: 0, openInClosing: 0, openInExtension: 0, openBeyond: 0)
    }

    fileprivate mutating func add(_ times: PetitionTimes, isInWindow: Bool, deadlines: PetitionDeadlines) {
        if isInWindow {
            received += 1
            if let inTime = times.acceptedInTime {
                acceptanceDue += 1
                acceptedInTime += inTime ? 1 : 0
            }
            if let inTime = times.closedInTime {
                closingDue += 1
                closedInTime += inTime ? 1 : 0
            }
            extended += times.isExtended ? 1 : 0
        }
        guard times.isOpen else { return }
        switch times.age {
        case ...deadlines.acceptWithinDays: openInAcceptance += 1
        case ...deadlines.closeWithinDays: openInClosing += 1
        case ...(deadlines.closeWithinDays + deadlines.extensionDays): openInExtension += 1
        default: openBeyond += 1
        }
    }
}
