import PipelineModel
import Warehouse

/// Finds the cadre whom a target as written means: only where exactly one person fits, never by guess.
struct TargetResolver {
    /// Who, or why nobody.
    enum Outcome: Hashable {
        case cadre(String)
        case nobody(UnresolvedReason, candidates: Int)
    }

    private let history: ServiceHistory
    private let byUnitAndPost: [[String]: [Tenure]]
    private let byUnitAndName: [[String]: [Tenure]]
    private let links: TargetLinks

    /// - Parameter links: What the linkage of targets in words came to.
    init(history: ServiceHistory, links: TargetLinks) {
        self.history = history
        self.links = links
        var posts: [[String]: [Tenure]] = [:]
        var names: [[String]: [Tenure]] = [:]
        for tenure in history.tenures.values.joined() {
            guard let unit = tenure.unitID, let cadre = history.cadres[tenure.cadreID] else { continue }
            if let post = tenure.post { posts[[unit, post], default: []].append(tenure) }
            if let name = cadre.name { names[[unit, name], default: []].append(tenure) }
        }
        byUnitAndPost = posts
        byUnitAndName = names
    }

    /// Everybody who can be an answer, sorted.
    var cadreIDs: [String] { history.cadres.keys.sorted() }

    /// - Parameter day: The day of the event; `nil` leaves a unit's post or name unresolved, because its holder changes.
    func resolve(_ key: TargetTable.Key, on day: CalendarDate?) -> Outcome {
        let parts = key.parts
        if key.form == .cadre {
            guard let id = parts.first, !id.isEmpty else { return .nobody(.noTarget, candidates: 0) }
            return history.cadres[id] == nil ? .nobody(.unknownCadre, candidates: 0) : .cadre(id)
        }
        if key.form == .words { return links[key, day?.dayNumber ?? FactPartial.noDay] }
        guard parts.count == 2, let unit = history.unitID(parts[0]) else { return .nobody(.unknownUnit, candidates: 0) }
        let tenures = (key.form == .unitAndPost ? byUnitAndPost : byUnitAndName)[[unit, parts[1]]] ?? []
        guard let day else { return .nobody(.nobodyFits, candidates: 0) }
        let people = Set(tenures.filter { $0.covers(day) }.map(\.cadreID))
        guard let one = people.first else { return .nobody(.nobodyFits, candidates: 0) }
        return people.count == 1 ? .cadre(one) : .nobody(.severalFit, candidates: people.count)
    }
}
