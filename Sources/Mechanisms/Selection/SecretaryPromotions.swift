import PipelineModel
import Warehouse

/// How many township secretaries came into leadership teams above, this year and last (mechanism 2): of counties, and of municipal organs.
struct SecretaryPromotions {
    /// The teams that secretaries come into, each with what their number this year and last year is called.
    private enum Team: CaseIterable {
        case county, municipal

        var thisYear: String { self == .county ? "secretaries_promoted_this_year" : "secretaries_to_municipal_this_year" }
        var lastYear: String { self == .county ? "secretaries_promoted_last_year" : "secretaries_to_municipal_last_year" }

        var labels: [MeasureLabel] {
            let (place, name) = self == .county ? ("县级", "county") : ("市直机关", "municipal")
            return [
                MeasureLabel(thisYear, .selection, "本年由乡镇书记进入\(place)班子人数", "Township secretaries who came into \(name) leadership teams this year"),
                MeasureLabel(lastYear, .selection, "上年由乡镇书记进入\(place)班子人数", "Township secretaries who came into \(name) leadership teams last year"),
            ]
        }

        func condition(_ rules: SelectionRules) -> Condition? { self == .county ? rules.countyTeam : rules.municipalTeam }
    }

    static let measures = Team.allCases.flatMap(\.labels)

    private let night: TrackNight
    private let cadres: [CadreInPost]
    private let isSecretary: (Tenure) -> Bool

    /// - Parameter cadres: Those in service with a post tonight.
    init(_ night: TrackNight, cadres: [CadreInPost], isSecretary: @escaping (Tenure) -> Bool) {
        (self.night, self.cadres, self.isSecretary) = (night, cadres, isSecretary)
    }

    /// Writes the measures of every team that the rules define.
    func run(_ rules: SelectionRules) throws {
        let careers = secretaries()
        for team in Team.allCases {
            guard let written = team.condition(rules) else { continue }
            let condition = try BoundCondition(written, fields: .heldPost, asOf: night.asOf)
            let byYear = promotions(of: careers) { condition.holds(for: night.heldPostValues($0)) }
            let year = night.asOf.components.year
            for (measure, year) in [(team.thisYear, year), (team.lastYear, year - 1)] {
                night.store(
                    (byYear[year] ?? [:]).sorted { $0.key < $1.key }.map {
                        MeasureValue(asOf: night.asOf, measure: measure, unitID: $0.key, numerator: $0.value, denominator: nil)
                    })
            }
        }
    }

    /// Of everybody who is or was a secretary: the posts held up to tonight, and the first day as one. Looked for once: there are many careers, and few of secretaries.
    private func secretaries() -> [(posts: [Tenure], since: CalendarDate)] {
        night.history.tenures.compactMap { cadreID, posts in
            posts.first { night.isKnown($0.start) && isSecretary($0) }.map { (night.heldPosts(of: cadreID), $0.start) }
        }
    }

    /// By year and unit, who came into the team after having been a secretary.
    ///
    /// A unit with a team tonight and no promotion has none, which is a number; of other units nothing is said.
    private func promotions(of careers: [(posts: [Tenure], since: CalendarDate)], isInTeam: (Tenure) -> Bool) -> [Int: [String: Int]] {
        var byYear: [Int: [String: Int]] = [:]
        let (year, units) = (night.asOf.components.year, Set(cadres.filter { isInTeam($0.tenure) }.compactMap(\.tenure.unitID)))
        for year in [year, year - 1] { byYear[year] = Dictionary(uniqueKeysWithValues: units.map { ($0, 0) } + [(MeasureValue.allUnits, 0)]) }
        for (posts, since) in careers {
            // Only the first step up counts: who moves on within such teams came from one.
            guard let promoted = posts.first(where: isInTeam), promoted.start > since,
                byYear[promoted.start.components.year] != nil
            else { continue }
            for unit in Set([promoted.unitID ?? MeasureValue.allUnits, MeasureValue.allUnits]) {
                byYear[promoted.start.components.year]?[unit, default: 0] += 1
            }
        }
        return byYear
    }
}
