import PipelineModel
import Statistics
import Warehouse

/// The units of one kind of body beside one another, on one measure of the contest.
struct ContestComparison: Sendable {
    /// What the units were fitted to.
    struct Model: Sendable {
        /// `nil` where no observation says anything, and where they could not be fitted.
        var fitted: UnitModel?
        var hasFailed = false
    }

    let contest: ContestMeasure
    let kind: KindOfBody
    /// Ascending.
    let units: [String]
    /// Of each unit.
    let observed: UnitObservations

    /// Fits the units; waits for nothing else.
    ///
    /// - Parameter normals: What ranks are drawn by; the same for every comparison.
    func model(_ rules: ContestRules, _ normals: SeededNormals) -> Model {
        do throws(StatisticsError) {
            return Model(
                fitted: try UnitModel(
                    observed.observations, direction: contest.moreIsBetter ? .higherIsBetter : .lowerIsBetter, dispersion: observed.dispersion,
                    level: rules.rankLevel, draws: rules.draws, normals: normals))
        } catch {
            return Model(hasFailed: true)
        }
    }

    /// A row for each unit.
    ///
    /// - Parameter model: `nil` where units have no rank.
    func standings(_ model: UnitModel?) -> [ContestStanding] {
        let count = observed.observations.count { $0?.isInformative ?? false }
        return units.enumerated().map { place, unit in
            let standing = model?.standings[place]
            return ContestStanding(
                number: 0, measure: contest.id, field: contest.field, unitID: unit, kind: kind, events: observed.events[place],
                trials: observed.trials[place], value: observed.values[place], adjusted: standing?.adjusted, lower: standing?.interval.lower,
                upper: standing?.interval.upper, units: count, rank: standing?.rank.median, rankBest: standing?.rank.best,
                rankWorst: standing?.rank.worst)
        }
    }

    var notFitted: Finding {
        Finding(
            .contestNotFitted, .warning, at: .init(file: "contest_standings.csv"), value: contest.id,
            message: "the units of kind \(kind.rawValue) could not be compared on \(contest.id); they have no rank",
            hint: "look at their values: nearly all may have all events or none")
    }
}

extension Finding.Check {
    fileprivate static let contestNotFitted: Self = "ContestNotFitted"
}
