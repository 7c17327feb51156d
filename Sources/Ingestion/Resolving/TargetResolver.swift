import PipelineModel
import Warehouse

/// Finds the cadre whom a target as written means: only where exactly one person fits, never by guess.
struct TargetResolver {
    /// Who, or why nobody.
    enum Outcome: Hashable {
        case cadre(String)
        case nobody(UnresolvedReason, candidates: Int)
    }

    /// Who held a post, or bore a name in a unit, from one day to another.
    private struct Holding {
        let cadreID: String
        let start: Int32
        /// `Int32.max` for a post that lasts.
        let end: Int32
    }

    private let history: ServiceHistory
    /// Number of a unit and post, or name, joined as targets are.
    private var written = TargetTable()
    private var holdings: [[Holding]] = []
    private let links: TargetLinks

    /// - Parameter links: What the linkage of targets in words came to.
    init(history: ServiceHistory, links: TargetLinks) {
        self.history = history
        self.links = links
        for tenure in history.tenures.values.joined() {
            guard let unit = tenure.unitID, let cadre = history.cadres[tenure.cadreID] else { continue }
            let holding = Holding(cadreID: tenure.cadreID, start: tenure.start.dayNumber, end: tenure.end?.dayNumber ?? .max)
            if let post = tenure.post { add(holding, .unitAndPost, unit, post) }
            if let name = cadre.name { add(holding, .unitAndName, unit, name) }
        }
    }

    private mutating func add(_ holding: Holding, _ form: TargetForm, _ unit: String, _ named: String) {
        let bytes = Array(unit.utf8) + [TargetTable.separator] + Array(named.utf8)
        let place = Int(bytes.withUnsafeBufferPointer { written.intern(form, $0) })
        if place == holdings.count { holdings.append([]) }
        holdings[place].append(holding)
    }

    /// Everybody who can be an answer, sorted.
    var cadreIDs: [String] { history.cadres.keys.sorted() }

    /// - Parameter day: The day of the event; `nil` leaves a unit's post or name unresolved, because its holder changes.
    func resolve(_ key: TargetTable.Key, on day: CalendarDate?) -> Outcome {
        if key.form == .cadre {
            let id = String(decoding: key.bytes, as: UTF8.self)
            guard !id.isEmpty else { return .nobody(.noTarget, candidates: 0) }
            return history.cadres[id] == nil ? .nobody(.unknownCadre, candidates: 0) : .cadre(id)
        }
        if key.form == .words { return links[key, day?.dayNumber ?? FactPartial.noDay] }
        guard let separator = key.bytes.firstIndex(of: TargetTable.separator),
            let unit = history.unitID(String(decoding: key.bytes[..<separator], as: UTF8.self))
        else { return .nobody(.unknownUnit, candidates: 0) }
        guard let day = day?.dayNumber else { return .nobody(.nobodyFits, candidates: 0) }
        let bytes = Array(unit.utf8) + key.bytes[separator...]
        guard let place = bytes.withUnsafeBufferPointer({ written.place(key.form, $0) }) else { return .nobody(.nobodyFits, candidates: 0) }
        // Few ever held one post: a list of them is looked through sooner than any is hashed.
        var people: [String] = []
        for holding in holdings[Int(place)] where holding.start <= day && day <= holding.end && !people.contains(holding.cadreID) {
            people.append(holding.cadreID)
        }
        guard let one = people.first else { return .nobody(.nobodyFits, candidates: 0) }
        return people.count == 1 ? .cadre(one) : .nobody(.severalFit, candidates: people.count)
    }
}
