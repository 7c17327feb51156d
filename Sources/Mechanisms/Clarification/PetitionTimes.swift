import PipelineModel
import Warehouse

/// What a night knows of one petition's way through the office: days and duties, and nothing of what it says or of whom.
struct PetitionTimes {
    /// Whether a duty was done by its day; `nil` where its day has not passed, or nobody can tell.
    let acceptedInTime: Bool?
    /// Whether it is late for acceptance because no day of it is written: says something only where the exports record acceptance.
    let isUnaccepted: Bool
    let closedInTime: Bool?
    let isExtended: Bool
    let isOpen: Bool
    /// Days since it came in.
    let age: Int

    /// - Parameters:
    ///   - accepted, closed: Days known on the night; `nil` where the petition is not accepted, or open.
    ///   - due: The day that the export states for closing.
    ///   - isWithdrawn: A withdrawn petition without a day of closing is neither open nor late.
    init(
        received: CalendarDate, accepted: CalendarDate?, closed: CalendarDate?, due: CalendarDate?, isWithdrawn: Bool,
        deadlines: PetitionDeadlines, asOf: CalendarDate
    ) {
        let acceptBy = received.adding(days: deadlines.acceptWithinDays)
        // One that was closed without a day of acceptance was accepted on a day that nobody wrote down.
        isUnaccepted = acceptBy < asOf && accepted == nil && closed == nil && !isWithdrawn
        acceptedInTime = isUnaccepted ? false : accepted.flatMap { acceptBy < asOf ? $0 <= acceptBy : nil }
        let regular = accepted?.adding(days: deadlines.closeWithinDays)
        let limit = regular.map { regular in
            due.map { min(max(regular, $0), regular.adding(days: deadlines.extensionDays)) } ?? regular
        }
        isExtended = limit.map { limit in regular.map { $0 < limit } ?? false } ?? false
        let isOpen = closed == nil && !isWithdrawn
        self.isOpen = isOpen
        closedInTime = limit.flatMap { limit in
            guard limit < asOf, closed != nil || isOpen else { return nil }
            return closed.map { $0 <= limit } ?? false
        }
        age = asOf.days(since: received)
    }
}
