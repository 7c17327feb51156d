import PipelineModel
import Warehouse

/// How a duty with a day by which it must be done stands on a night.
struct Duty {
    /// `nil` without a day by which it must be done: then nothing is late.
    let progress: DutyProgress?
    /// From that day to the day it was done, or to the night while it is overdue; `nil` where it is not late.
    let daysLate: Int?

    /// - Parameter done: The day it was done, if the night knows it.
    init(due: CalendarDate?, done: CalendarDate?, asOf: CalendarDate) {
        guard let due else {
            (progress, daysLate) = (nil, nil)
            return
        }
        let late = (done ?? asOf).days(since: due)
        daysLate = late > 0 ? late : nil
        switch (done != nil, late > 0) {
        case (true, false): progress = .doneInTime
        case (true, true): progress = .doneLate
        case (false, false): progress = .open
        case (false, true): progress = .overdue
        }
    }

    /// Whether it was done in time, for a share of those whose time is up; `nil` while there is time, and without a day.
    ///
    /// - Parameter due: Before `asOf`, so that those done early do not count while their contemporaries still have time.
    static func inTime(due: CalendarDate?, done: CalendarDate?, asOf: CalendarDate) -> Bool? {
        guard let due, due < asOf else { return nil }
        return done.map { $0 <= due } ?? false
    }
}
