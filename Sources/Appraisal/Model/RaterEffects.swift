import PipelineModel
import Statistics
import Warehouse

/// How severe raters are, for each measure of one window: estimated beside other work, because the sums over millions of marks wait for nothing else.
struct RaterEffects: Sendable {
    /// What the raters of one member come to.
    struct Raters: Sendable {
        /// Marks that name their rater, before protections.
        let marks: Double
        /// How many marks they add, on the average of those.
        let severity: Double
        /// Of that average.
        let variance: Double
    }

    enum Estimate: Sendable {
        case noMark
        /// How many raters can be compared.
        case tooFewRaters(Int)
        case failed(StatisticsError)
        /// Nothing varies but raters and targets.
        case noNoise
        /// Raters by member, `nil` for one whose marks name none; and the parts of the design that share no rater.
        case found(CrossedVariances, raters: [Raters?], parts: Int)
    }

    /// Fewer raters than this, each having met at least two, give no variance of raters worth the name.
    static let minimumRaters = 10

    /// By measure.
    private(set) var byMeasure: [Int: SideWork<Estimate>] = [:]

    /// Reads the marks of every mean that members of a window are judged by, and begins to estimate.
    ///
    /// - Parameters:
    ///   - threads: Changes the time, and no bit of the answer.
    static func start(
        _ people: JudgedPeople, measures: KnownMeasures, plans: SchemePlans, threads: Int, in transaction: Transaction
    ) throws -> [RaterEffects] {
        let judged = people.members.map { members in
            let kinds = Set(members.lazy.map { $0.candidate.kind })
            let planned = kinds.flatMap { plans.indicators(of: $0) }.filter { if case .mean = $0.indicator.observation { true } else { false } }
            return Set(planned.map(\.events).filter(measures.contains))
        }
        var windows = people.windows.map { _ in RaterEffects() }
        for measure in Set(judged.joined()).sorted() {
            let marks = try RatedMarks.read(
                of: plans.measures[measure], unit: measures.unit(of: measure), people: people, threads: threads, in: transaction)
            for window in people.windows where judged[window].contains(measure) {
                windows[window].byMeasure[measure] = SideWork(1, threads: threads) { [marks = marks[window]] _ in estimate(marks) }
            }
        }
        return windows
    }

    private static func estimate(_ marks: RatedMarks) -> Estimate {
        if let problem = marks.problem { return .failed(problem) }
        guard !marks.isEmpty else { return .noMark }
        let comparing = marks.comparingRaters
        guard comparing >= minimumRaters else { return .tooFewRaters(comparing) }
        let effects: CrossedEffects
        do throws(StatisticsError) {
            effects = try CrossedEffects(marks.joined(), raters: marks.raters, acrossParts: true)
        } catch {
            return .failed(error)
        }
        // Rounding of sums of squares is no noise.
        guard effects.variances.noise > 1e-9 * (effects.variances.target + effects.variances.rater) else { return .noNoise }
        let raters = marks.targetOfMember.map { target -> Raters? in
            guard let target, let adjusted = effects.targets[target] else { return nil }
            return Raters(
                marks: adjusted.count, severity: marks.sums[target] / adjusted.count - adjusted.mean,
                variance: max(0, adjusted.variance - effects.variances.noise / adjusted.count))
        }
        return .found(effects.variances, raters: raters, parts: effects.parts)
    }
}
