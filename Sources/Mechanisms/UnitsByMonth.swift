import PipelineModel
import Warehouse

/// In which unit a cadre served on the last day of each month of a window: asked of every cadre, and so worked out once for all measures.
struct UnitsByMonth: Sendable {
    let window: MonthWindow
    /// All units of tonight, ascending.
    let units: [String]
    private let places: [String: Int]
    private let lastDays: [CalendarDate]
    private let history: ServiceHistory

    init(_ window: MonthWindow, _ history: ServiceHistory) {
        self.window = window
        self.history = history
        units = history.units.keys.sorted()
        places = Dictionary(uniqueKeysWithValues: units.enumerated().map { ($1, $0) })
        lastDays = window.months.map(\.lastDay)
    }

    /// The place of each month's unit among `units`; `nil` for a month in which the cadre was in none that is known.
    ///
    /// A month without a post is one of the roster's unit.
    func places(of cadreID: String) -> [Int?] {
        let tenures = history.tenures[cadreID] ?? []
        let own = history.cadres[cadreID]?.unitID.flatMap { places[$0] }
        // Of two posts the one begun last; most months are in the same one as the month before, whose unit need not be looked up.
        var (tenure, unit): (Int?, Int?) = (nil, own)
        return lastDays.map { day in
            let held = tenures.lastIndex { $0.covers(day) }
            if held != tenure {
                tenure = held
                unit = held.map { tenures[$0].unitID.flatMap { places[$0] } } ?? own
            }
            return unit
        }
    }
}
