import PipelineModel

/// A cadre in a post in a unit, from one day to another, with the true standings that hold there.
struct Tenure: Sendable {
    /// Place of the unit.
    var unit: Int
    var seat: Seat
    var start: CalendarDate
    /// Last day; `nil` while it lasts.
    var end: CalendarDate?
    /// θ by indicator.
    var standing: [Double]

    func covers(_ day: CalendarDate) -> Bool { start <= day && end.map { day <= $0 } ?? true }
}

/// One absence.
struct Absence: Sendable {
    var kind: LeaveKind
    var start: CalendarDate
    var end: CalendarDate?
    var approved: Bool

    /// Whether nothing can be expected of the cadre on this day.
    func excuses(_ day: CalendarDate) -> Bool {
        guard approved, [.sick, .maternity, .secondment].contains(kind) else { return false }
        return start <= day && end.map { day <= $0 } ?? true
    }
}

/// One made-up cadre.
struct Cadre: Sendable {
    let index: Int
    var name: String
    var isFemale: Bool
    var birth: CalendarDate
    var ethnicGroup: String
    var specialty: String
    var entry: CalendarDate
    var status: ServiceStatus
    /// In order of their first days; the last is the present or the final one.
    var tenures: [Tenure]
    var absences: [Absence]

    /// `WZ0000123`.
    var id: String { Cadre.id(index) }

    static func id(_ index: Int) -> String { "WZ" + padded(index + 1, 7) }

    /// The present or the final tenure. There always is one: casting makes it first.
    var present: Tenure { tenures[tenures.count - 1] }

    /// The tenure on a day; `nil` before the first, after the last or between two.
    func tenure(on day: CalendarDate) -> Tenure? { tenures.last { $0.covers(day) } }

    /// The tenure on a day on which the cadre is at work.
    func working(on day: CalendarDate) -> Tenure? {
        absences.contains { $0.excuses(day) } ? nil : tenure(on: day)
    }

    /// Mean standing over all indicators, scaled to about unit variance: what drives grades, awards and warnings.
    func composite(on day: CalendarDate) -> Double {
        let standing = (tenure(on: day) ?? present).standing
        return standing.reduce(0, +) / Double(standing.count) / 0.707
    }
}
