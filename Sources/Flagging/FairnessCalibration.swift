import PipelineModel
import Statistics
import Warehouse

/// A flag on which a reviewer has decided, and as what it stood before them.
struct DecidedReview {
    let cadreID: String
    let kind: KindOfBody?
    let isConfirmed: Bool
    /// Where the model raised the flag.
    let concern: Double?

    /// The decided flags, as known on the as-of date; a deferred one is not decided, and one that no night has raised is nobody's.
    static func all(asOf: CalendarDate, in transaction: Transaction) throws -> [DecidedReview] {
        let decided = try transaction.verdicts(asOf: asOf).filter { $0.value.decision != .deferred }
        let seen = try transaction.flagsAsReviewed(decided, asOf: asOf)
        return decided.sorted { $0.key < $1.key }.compactMap { flagID, review in
            seen[flagID].map { flag in
                DecidedReview(cadreID: flag.cadreID, kind: flag.kind, isConfirmed: review.decision == .confirmed, concern: flag.concern)
            }
        }
    }
}

/// Whether flags were confirmed as often as the model promised, by its certainty.
struct Calibration {
    /// Lower ends of the bands, and the end of the last.
    static let bounds = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

    private let decided: [(concern: Double, isConfirmed: Bool)]

    init(_ reviews: [DecidedReview]) {
        decided = reviews.compactMap { review in review.concern.map { ($0, review.isConfirmed) } }
    }

    /// One line per band; none where no flag of the model has been decided on.
    func records() -> [CalibrationRecord] {
        guard !decided.isEmpty else { return [] }
        return zip(Calibration.bounds, Calibration.bounds.dropFirst()).map { from, to in
            let inBand = decided.filter { $0.concern >= from && ($0.concern < to || to == 1) }
            let confirmed = inBand.count { $0.isConfirmed }
            // In the order of their size, so that the sum has the same last bit whatever the order of reviews.
            let mean = inBand.isEmpty ? nil : inBand.map(\.concern).sorted().reduce(0, +) / Double(inBand.count)
            let interval = wilsonInterval(events: Double(confirmed), trials: Double(inBand.count), level: FairnessComparison.level)
            return CalibrationRecord(
                from: from, to: to, reviewed: inBand.count, confirmed: confirmed, meanConcern: mean,
                share: inBand.isEmpty ? nil : Double(confirmed) / Double(inBand.count), lower: interval?.lower, upper: interval?.upper)
        }
    }
}
