import PipelineModel
import Warehouse

/// Gives each flag of the model its number, and decides which of them a review keeps silent.
///
/// A flag of the model has no single row that raised it, so its number cannot be made of its evidence: rows come and go from the window every month.
/// It numbers an **episode** instead, made of cadre, cause, first day in the present post and the first night of the episode, and is
/// - kept for as long as the flag stands from night to night, whatever evidence comes or goes, so that a reviewer's decision finds it again;
/// - new when the flag was cleared and the cadre is flagged anew, when the cadre has another post, and when new evidence reopens an overturned flag.
///
/// An overturned flag stays silent, under its old number, until adverse evidence arrives that the reviewer cannot have seen: a row that the flag did not show
/// when it last stood and that either belongs to an indicator that spoke against the cadre then (all of whose rows were shown) or became known
/// in or after the month of that night. Marks have no rows of their own: for an indicator that is a mean, months of new marks on the wrong side of the peers'
/// median are the evidence (``NewMarks``). Once no month that the reviewer saw is counted any more, the old decision is about other facts, and ends too.
struct Episodes {
    struct Episode {
        let flagID: String
        /// Overturned, and nothing new: not raised.
        let isSilenced: Bool
    }

    static let cause = "model"
    let lastNight: CalendarDate?
    private let earlier: [String: EarlierFlag]
    private let reviews: Reviews
    private let asOf: CalendarDate

    init(reviews: Reviews, asOf: CalendarDate, in transaction: Transaction) throws {
        self.reviews = reviews
        self.asOf = asOf
        lastNight = try transaction.lastNight(before: asOf)
        let flags = try transaction.newestFlags(cause: Episodes.cause, before: asOf)
        earlier = Dictionary(uniqueKeysWithValues: flags.map { ($0.cadreID, $0) })
    }

    /// Cadres whose flag stood last night.
    var standing: [EarlierFlag] { earlier.values.filter { $0.asOf == lastNight }.sorted { $0.cadreID < $1.cadreID } }

    /// Cadres whose newest flag a reviewer has overturned, each with the later of that day and the night on which it last stood.
    var overturned: [String: CalendarDate] {
        earlier.compactMapValues { flag in reviews.overturnedDay(of: flag.flagID).map { max($0, flag.asOf) } }
    }

    /// The episode that tonight's flag of a cadre belongs to where no evidence bears on it; `nil` where a reviewer has overturned the earlier flag.
    func settled(of dossier: Dossier) -> Episode? {
        guard let last = earlier[dossier.card.cadreID], isOfPresentPost(last, dossier.member) else { return new(dossier) }
        guard !reviews.hasOverturned(last.flagID) else { return nil }
        return last.asOf == lastNight ? Episode(flagID: last.flagID, isSilenced: false) : new(dossier)
    }

    /// The episode that tonight's flag of a cadre belongs to.
    ///
    /// - Parameters:
    ///   - dossier: With its evidence.
    ///   - marks: Those that came after the overturned flags of `overturned`.
    func episode(of dossier: Dossier, marks: NewMarks, in transaction: Transaction) throws -> Episode {
        if let settled = settled(of: dossier) { return settled }
        guard let last = earlier[dossier.card.cadreID] else { return new(dossier) }
        let isOverturned = reviews.silences(last.flagID)
        // A decision that was taken back brings the flag back under its number.
        if !isOverturned, last.asOf == lastNight { return Episode(flagID: last.flagID, isSilenced: false) }
        guard dossier.counted.first <= last.asOf.month, !marks.speakAgainst(dossier), try !hasNewEvidence(dossier, since: last, in: transaction)
        else { return new(dossier) }
        return Episode(flagID: last.flagID, isSilenced: isOverturned)
    }

    /// Whether an earlier flag was raised while the cadre held the present post.
    func isOfPresentPost(_ flag: EarlierFlag, _ member: PeerMember?) -> Bool { member.map { $0.postStart <= flag.asOf } ?? true }

    private func new(_ dossier: Dossier) -> Episode {
        let start = dossier.member.map { "\($0.postStart)" } ?? ""
        return Episode(flagID: FlagNumber.make("F", of: [dossier.card.cadreID, Episodes.cause, start, "\(asOf)"]), isSilenced: false)
    }

    private func hasNewEvidence(_ dossier: Dossier, since last: EarlierFlag, in transaction: Transaction) throws -> Bool {
        guard !dossier.evidence.isEmpty else { return false }
        let shown = Set(
            try transaction.shownEvidence(of: last.flagID, on: last.asOf).map {
                AdverseRow.key(source: $0.source, recordID: $0.recordID, day: $0.eventDate)
            })
        let spoke = Set(try transaction.contributions(of: last.flagID, on: last.asOf).filter { $0.contribution < 0 }.map(\.indicator))
        return dossier.evidence.contains { row in
            !shown.contains(row.key) && (!row.indicators.isDisjoint(with: spoke) || row.month >= last.asOf.month)
        }
    }
}
