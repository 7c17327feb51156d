import PipelineModel
import Warehouse

/// Tells adverse rows that may need more than counting as they are from all the others, which are most.
///
/// Says yes too often rather than too seldom: `Protections` decides. It says no only where no case is about the row, and each of its cadre's windows either holds none of
/// its months or counts all of them, with nothing that could take the row out.
struct ExceptionalEvidence: Sendable {
    private let people: JudgedPeople
    private let caseRecords: Set<String>
    private let unfounded: UnfoundedPetitions

    init(_ people: JudgedPeople, caseRecords: Set<String>, unfounded: UnfoundedPetitions) {
        (self.people, self.caseRecords, self.unfounded) = (people, caseRecords, unfounded)
    }

    /// Whether a row may need more than counting as it is.
    func holds(_ row: EvidenceGlance) -> Bool {
        // Also of somebody who is not judged, so that a case about them does not look as if it led nowhere.
        if !caseRecords.isEmpty, let recordID = row.recordID, caseRecords.contains(recordID) { return true }
        guard let months = row.months, let place = people.place(of: row.cadreID) else { return false }
        var isCounted = false
        for window in people.windows {
            guard let slot = people.slot(at: place, window: window) else { continue }
            let span = people.members[window][slot].candidate.window
            guard span.first <= months.upperBound, months.lowerBound <= span.last else { continue }
            guard people.members[window][slot].candidate.countsInFull(months, on: row.eventDate) else { return true }
            isCounted = true
        }
        guard isCounted else { return false }
        // A filed risk holds out a row that names its reform, or one that a case is about.
        return row.namesReform || row.role == .petitions && unfounded.finding(fileID: row.fileID, line: row.line) != nil
    }
}

extension Candidate {
    /// Whether all months of a row count and its day is one of service.
    fileprivate func countsInFull(_ months: ClosedRange<Month>, on day: CalendarDate?) -> Bool {
        guard let day, counted.contains(months.lowerBound), counted.contains(months.upperBound) else { return false }
        return day >= postStart && !leave.contains(day)
    }
}
