import PipelineModel
import Warehouse

/// The reviewers' decisions on earlier flags, as known on the as-of date.
struct Reviews {
    private struct Review {
        let flagID: String
        let decision: ReviewDecision
        let day: CalendarDate?
        let fileID: Int
        let line: Int
    }

    private let reviews: [Review]
    private let overturned: Set<String>
    private let everOverturned: Set<String>

    /// Of several reviews of a flag the newest decides; of several on one day, one that overturns it.
    init(asOf: CalendarDate, in transaction: Transaction) throws {
        var reviews: [Review] = []
        try transaction.forEachRow(of: .reviews) { row in
            let fields = NamedFields(row, .reviews)
            guard let flagID = fields.text("flag_id"), let decision = fields.code("decision", ReviewDecision.self) else { return }
            let day = fields.day("date")
            guard day.map({ $0 <= asOf }) ?? true else { return }
            reviews.append(Review(flagID: flagID, decision: decision, day: day, fileID: row.fileID, line: row.line))
        }
        self.reviews = reviews
        everOverturned = Set(reviews.filter { $0.decision == .overturned }.map(\.flagID))
        overturned = Set(
            Dictionary(grouping: reviews, by: \.flagID).filter { _, all in
                let newest = all.compactMap(\.day).max()
                return all.contains { $0.day == newest && $0.decision == .overturned }
            }.keys)
    }

    /// Whether a reviewer has overturned exactly this flag.
    func silences(_ flagID: String) -> Bool { overturned.contains(flagID) }

    /// Whether a reviewer has ever overturned exactly this flag, also where a later review took that back.
    func hasOverturned(_ flagID: String) -> Bool { everOverturned.contains(flagID) }

    /// The newest day on which a reviewer has overturned the flag; `nil` where none has.
    func overturnedDay(of flagID: String) -> CalendarDate? {
        everOverturned.contains(flagID) ? reviews.filter { $0.flagID == flagID && $0.decision == .overturned }.compactMap(\.day).max() : nil
    }

    /// Reviews of flags that no night up to `asOf` has raised, and a note of how many flags of tonight stay silent.
    ///
    /// - Parameter computed: Tonight's flags, the silenced ones among them.
    func findings(computed: Set<String>, asOf: CalendarDate, files: ExportFiles, in transaction: Transaction) throws -> [Finding] {
        var findings: [Finding] = []
        for review in reviews where !computed.contains(review.flagID) {
            guard try !transaction.knowsFlag(review.flagID, through: asOf) else { continue }
            findings.append(
                Finding(
                    .unknownFlag, .warning, at: .init(file: files.path(of: review.fileID), line: review.line, field: "flag_id"), value: review.flagID,
                    message: "the review is of flag \(review.flagID), which no night has raised",
                    hint: "copy the number from flagged_cadres.csv; a review changes nothing unless it names its flag exactly"))
        }
        let silenced = computed.filter(silences).count
        if silenced > 0, let file = reviews.filter({ silences($0.flagID) }).map({ files.path(of: $0.fileID) }).min() {
            findings.append(
                Finding(
                    .silencedByReview, .note, at: .init(file: file), value: "\(silenced)",
                    message: silenced == 1
                        ? "1 flag was not raised because a reviewer has overturned it"
                        : "\(silenced) flags were not raised because reviewers have overturned them"))
        }
        return findings
    }
}

extension Finding.Check {
    fileprivate static let unknownFlag: Self = "UnknownFlag"
    fileprivate static let silencedByReview: Self = "SilencedByReview"
}
