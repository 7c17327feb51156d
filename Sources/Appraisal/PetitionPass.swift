import PipelineModel
import Warehouse

/// What the appraisal asks of every petition that is kept row by row, answered in one pass: there are millions, and to read one takes longer than what is asked of it.
struct PetitionPass: Sendable {
    /// Those whose finding must not count.
    let unfounded: UnfoundedPetitions
    /// Those that some case may be about, by file and line.
    let named: [NamedRow]
    /// The day of the first one; `nil` without petitions that have a day.
    let earliest: CalendarDate?

    /// What a block of rows comes to.
    private struct Part: Sendable {
        var unfounded = UnfoundedPetitions.Part()
        var named: [NamedRow] = []
        var earliest: CalendarDate?
    }

    /// - Parameters:
    ///   - cases: Numbers of the events that cases name.
    ///   - threads: Changes the time alone.
    /// - Throws: What the warehouse throws.
    init(_ rules: ProtectionRules, cases: WordTable, threads: Int, in transaction: Transaction) throws {
        var (unfounded, named, earliest) = (UnfoundedPetitions(), [NamedRow](), CalendarDate?.none)
        let mustNotCount = UnfoundedPetitions.Test(rules)
        try transaction.foldKeptRows(
            of: .petitions, fields: ["finding", "received", "record_id", "target_cadre_id"], threads: threads, from: Part()
        ) { part, row in
            part.unfounded.add(row, finding: 0, mustNotCount)
            part.earliest = PetitionPass.first(part.earliest, row.day(1))
            if let found = try NamedRow(row, record: 2, cadre: 3, of: cases) { part.named.append(found) }
        } _: { part in
            unfounded.add(part.unfounded)
            named += part.named
            earliest = PetitionPass.first(earliest, part.earliest)
        }
        (self.unfounded, self.named, self.earliest) = (unfounded, named, earliest)
    }

    private static func first(_ one: CalendarDate?, _ other: CalendarDate?) -> CalendarDate? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }
}

/// The petitions whose finding must not count, whatever the conditions of their contract say.
struct UnfoundedPetitions: Sendable {
    /// Tells them from others.
    struct Test: Sendable {
        /// By the finding's place among all.
        fileprivate let counts: [Bool]
        /// A petition without a finding is pending.
        fileprivate let pending: Int?

        init(_ rules: ProtectionRules) {
            let all = PetitionFinding.allCases
            counts = all.map { $0.counts && rules.countingFindings.contains($0) }
            pending = all.firstIndex(of: .pending)
        }
    }

    /// Those of a block of rows, which are all of one file.
    struct Part: Sendable {
        fileprivate var fileID: Int?
        fileprivate var rows: [(line: Int, finding: UInt8)] = []

        /// Notes a petition where it must not count.
        ///
        /// - Parameter finding: The place of the finding among the fields that are read.
        mutating func add(_ row: KeptRow, finding: Int, _ test: borrowing Test) {
            guard let place = row.code(finding) ?? test.pending, place < test.counts.count, !test.counts[place] else { return }
            fileID = row.fileID
            rows.append((row.line, UInt8(place + 1)))
        }
    }

    /// By file and line: the finding's place among all findings plus 1, or 0. Petitions are many, and close together.
    private var findings: [Int: [UInt8]] = [:]

    mutating func add(_ part: Part) {
        guard let fileID = part.fileID, let last = part.rows.last else { return }
        var lines = findings.removeValue(forKey: fileID) ?? []
        if lines.count <= last.line {
            // Twice as many at a time, so that lines that come in order are not copied each time.
            lines.append(contentsOf: repeatElement(0, count: max(last.line + 1, 2 * lines.count) - lines.count))
        }
        for row in part.rows { lines[row.line] = row.finding }
        findings[fileID] = lines
    }

    /// The finding of a petition that must not count; `nil` of any other.
    func finding(fileID: Int, line: Int) -> PetitionFinding? {
        guard let lines = findings[fileID], lines.indices.contains(line), lines[line] > 0 else { return nil }
        return PetitionFinding.allCases[Int(lines[line]) - 1]
    }
}
