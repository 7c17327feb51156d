import PipelineModel
import Statistics
import Warehouse

/// What becomes of one target in words: linked, put to a person, or left.
struct LinkDecision: Sendable {
    /// Candidates that a person is shown, at most.
    private static let shown = 5
    /// Less likely candidates are not shown, except the first.
    private static let shownFrom = 0.01

    private struct Scored: Sendable {
        let pair: LinkCandidates.Pair
        let cadreID: String
        let weights: LinkageWeights
        let posterior: Double
    }

    private let best: [Scored]
    private let result: LinkOutcome
    private let doubt: LinkDoubt?
    private let isUnitUnknown: Bool

    init(
        _ candidates: LinkCandidates, on day: Int32?, _ comparer: LinkComparer, _ weigher: inout PatternWeights, _ rules: LinkageRules
    ) {
        var pairs: [LinkCandidates.Pair] = []
        pairs.reserveCapacity(candidates.count)
        candidates.forEachPair(on: day, near: comparer.nearDays) { pairs.append($0) }
        let posteriors = weigher.posteriors(of: pairs)
        // Sorting is stable in effect: pairs come by cadre number, and the number breaks ties. Most candidates are far from being shown.
        let most = pairs.reduce(0) { max($0, posteriors[$1.pattern.number]) }
        let order = pairs.indices.filter { posteriors[pairs[$0].pattern.number] >= min(most, LinkDecision.shownFrom) }.sorted { left, right in
            let (a, b) = (posteriors[pairs[left].pattern.number], posteriors[pairs[right].pattern.number])
            return a != b ? a > b : left < right
        }
        best = order.prefix(most < LinkDecision.shownFrom ? 1 : LinkDecision.shown).map {
            let pair = pairs[$0]
            return Scored(
                pair: pair, cadreID: comparer.roster.people[pair.person].cadreID, weights: weigher.weights(of: pair.pattern),
                posterior: posteriors[pair.pattern.number])
        }
        isUnitUnknown = candidates.isUnitUnknown
        guard let first = best.first, first.posterior >= rules.reviewAbove else {
            (result, doubt) = (.notLinked, nil)
            return
        }
        // Homonyms come first: no weight tells them apart safely, and whoever links one of them blames the other or clears him.
        if let name = first.pair.pattern.name, name != NameAgreement.different.level, !comparer.homonyms(of: first.pair, on: day).isEmpty {
            (result, doubt) = (.review, .homonyms)
        } else if first.pair.pattern.name == NameAgreement.different.level {
            (result, doubt) = (.review, .otherName)
        } else if first.pair.pattern.unit == nil || first.pair.pattern.unit == UnitAgreement.different.level {
            // Nobody is linked by a name alone, however rare it is here: the roster does not know who bears it outside.
            (result, doubt) = (.review, .otherUnit)
        } else if first.posterior < rules.linkAbove {
            (result, doubt) = (.review, .probability)
        } else {
            (result, doubt) = (.linked, nil)
        }
    }

    var outcome: TargetResolver.Outcome {
        switch result {
        case .linked: best.first.map { .cadre($0.cadreID) } ?? .nobody(.nobodyFits, candidates: 0)
        case .review: .nobody(.needsReview, candidates: best.count)
        case .notLinked: .nobody(isUnitUnknown ? .unknownUnit : .nobodyFits, candidates: 0)
        }
    }

    /// The candidate that was linked, or those that a person chooses among; none for a target that is left.
    func records(number: Int, _ words: TargetWords, on day: Int32?, _ place: LinkTargets.Place) -> [LinkRecord] {
        guard result != .notLinked else { return [] }
        return best.prefix(result == .linked ? 1 : LinkDecision.shown).enumerated().map { rank, scored in
            var record = LinkRecord(
                target: number, rank: rank + 1, source: place.source, fileID: Int(place.first.file), line: Int(place.first.line), rows: place.rows,
                outcome: result, cadreID: scored.cadreID)
            (record.unit, record.post, record.name) = (words.unit, words.post, words.name)
            record.eventDate = day.map { CalendarDate(dayNumber: $0) }
            record.doubt = doubt
            (record.unitLevel, record.nameLevel) = (
                scored.pair.pattern.unit.map { UnitAgreement.allCases[$0] }, scored.pair.pattern.name.map { NameAgreement.allCases[$0] }
            )
            (record.postLevel, record.dateLevel) = (
                scored.pair.pattern.post.map { PostAgreement.allCases[$0] }, scored.pair.pattern.date.map { DateAgreement.allCases[$0] }
            )
            let bits = scored.weights.comparisons
            (record.priorBits, record.unitBits, record.nameBits) = (scored.weights.prior, bits[0], bits[1])
            (record.frequencyBits, record.postBits, record.dateBits) = (scored.weights.frequency, bits[2], bits[3])
            (record.totalBits, record.posterior) = (scored.weights.total, scored.posterior)
            return record
        }
    }
}
