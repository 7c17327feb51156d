import PipelineModel
import Warehouse

/// The rule flags that reviewers have overturned, and the rows that each showed: a flag of the same cadre and rule must rest on something else to be raised.
///
/// The number of a rule flag is made of its newest row, which is not enough by itself: where that row is corrected or grows too old, the rows that remain
/// were all seen, though the number is another; and a row of an earlier day that arrives late is new, though the number is the same.
struct OverturnedRules {
    private struct Cause: Hashable {
        let cadreID: String
        let cause: String
    }

    private struct Seen {
        /// The newest of the overturned flags.
        var flagID: String
        var rows: Set<AdverseRow.Key>
    }

    private var seen: [Cause: Seen] = [:]

    /// Each flag as it last stood before its decision; one that only tonight raises is known by its number alone.
    init(asOf: CalendarDate, in transaction: Transaction) throws {
        let overturned = try transaction.verdicts(asOf: asOf).filter { $0.value.decision == .overturned }
        let flags = try transaction.flagsAsReviewed(overturned, asOf: asOf).values.filter { $0.cause != Episodes.cause }
        for flag in flags.sorted(by: { ($0.asOf, $0.flagID) < ($1.asOf, $1.flagID) }) {
            let rows = try transaction.shownEvidence(of: flag.flagID, on: flag.asOf).map {
                AdverseRow.key(source: $0.source, recordID: $0.recordID, day: $0.eventDate)
            }
            let cause = Cause(cadreID: flag.cadreID, cause: flag.cause)
            seen[cause] = Seen(flagID: flag.flagID, rows: (seen[cause]?.rows ?? []).union(rows))
        }
    }

    /// The flag under the number that a reviewer's decision is about: the overturned one where nothing is new, one of its own where something is.
    func numbered(_ flag: ProposedFlag, reviews: Reviews) -> ProposedFlag {
        guard let seen = seen[Cause(cadreID: flag.cadreID, cause: flag.cause)] else { return flag }
        guard let newest = flag.newestRow(notAmong: seen.rows) else { return flag.numbered(seen.flagID) }
        return reviews.silences(flag.id) ? flag.numbered(by: newest) : flag
    }
}
