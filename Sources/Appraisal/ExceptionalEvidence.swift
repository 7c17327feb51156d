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

/// The petitions whose finding must not count, whatever the conditions of their contract say.
struct UnfoundedPetitions: Sendable {
    /// By file and line: the finding's place among all findings plus 1, or 0. Petitions are many, and close together.
    private var findings: [Int: [UInt8]] = [:]

    /// Those of a block of rows, which are all of one file.
    private struct Part {
        var fileID: Int?
        var rows: [(line: Int, finding: UInt8)] = []
    }

    /// Reads the findings of all petitions that are kept row by row.
    init(_ rules: ProtectionRules, threads: Int, in transaction: Transaction) throws {
        let all = PetitionFinding.allCases
        let counts = all.map { $0.counts && rules.countingFindings.contains($0) }
        let pending = all.firstIndex(of: .pending)
        try transaction.foldKeptRows(of: .petitions, fields: ["finding"], threads: threads, from: Part()) { part, row in
            guard let place = row.code(0) ?? pending, place < counts.count, !counts[place] else { return }
            part.fileID = row.fileID
            part.rows.append((row.line, UInt8(place + 1)))
        } _: { part in
            guard let fileID = part.fileID, let last = part.rows.last else { return }
            var lines = findings.removeValue(forKey: fileID) ?? []
            if lines.count <= last.line {
                // Twice as many at a time, so that lines that come in order are not copied each time.
                lines.append(contentsOf: repeatElement(0, count: max(last.line + 1, 2 * lines.count) - lines.count))
            }
            for row in part.rows { lines[row.line] = row.finding }
            findings[fileID] = lines
        }
    }

    /// The finding of a petition that must not count; `nil` of any other.
    func finding(fileID: Int, line: Int) -> PetitionFinding? {
        guard let lines = findings[fileID], lines.indices.contains(line), lines[line] > 0 else { return nil }
        return PetitionFinding.allCases[Int(lines[line]) - 1]
    }
}
