import PipelineModel
import Warehouse

/// Finds the cadre whom a target as written means: only where exactly one person fits, never by guess.
struct TargetResolver {
    /// Who, or why nobody.
    enum Outcome: Hashable {
        case cadre(String)
        case nobody(UnresolvedReason, candidates: Int)
    }

    /// What a target as written says before its day is looked at.
    enum Meaning {
        /// The same on every day.
        case always(Outcome)
        /// Whoever held a post, or bore a name in a unit, on the day: a place among the holdings.
        case holder(Int32)
        case inWords
    }

    let history: ServiceHistory
    /// Numbers of a unit and post, joined as targets are; and of a unit and name, which count on from these.
    private let (posts, names): (TargetTable, TargetTable)
    let holdings: Holdings
    private var links = TargetLinks()
    /// Numbers of cadres, by their places among `cadreIDs`.
    let places: TargetTable

    /// Knows nobody who is named in words.
    ///
    /// - Parameter threads: Changes the time, and nothing else.
    init(history: ServiceHistory, threads: Int = 1) {
        self.history = history
        let made = SideWork(3, threads: threads) { piece -> Named in
            switch piece {
            case 0: Named(written: TargetTable(cadres: history.cadreIDs))
            case 1: TargetResolver.spells(.unitAndPost, in: history)
            default: TargetResolver.spells(.unitAndName, in: history)
            }
        }.results()
        places = made[0].written
        (posts, names) = (made[1].written, made[2].written)
        let before = Int32(truncatingIfNeeded: posts.count)
        holdings = Holdings(made[1].spells, later: made[2].spells, first: before, count: posts.count + names.count)
    }

    /// Targets as written, and who is meant by each and when, by its number.
    private struct Named: Sendable {
        var written = TargetTable()
        var spells: [(holding: Int32, spell: Holdings.Spell)] = []
    }

    /// Who held each post of a unit, or bore each name in one.
    private static func spells(_ form: TargetForm, in history: ServiceHistory) -> Named {
        var (named, bytes): (Named, [UInt8]) = (Named(), [])
        for (place, cadreID) in zip(Int32(0)..., history.cadreIDs) {
            guard let tenures = history.tenures[cadreID] else { continue }
            let name = form == .unitAndName ? history.cadres[cadreID]?.name : nil
            for tenure in tenures {
                guard let unit = tenure.unitID, let second = form == .unitAndName ? name : tenure.post else { continue }
                bytes.removeAll(keepingCapacity: true)
                bytes.append(contentsOf: unit.utf8)
                bytes.append(TargetTable.separator)
                bytes.append(contentsOf: second.utf8)
                let holding = bytes.withUnsafeBufferPointer { named.written.intern(form, $0) }
                named.spells.append((holding, Holdings.Spell(cadre: place, first: tenure.start.dayNumber, last: tenure.end?.dayNumber ?? .max)))
            }
        }
        return named
    }

    /// The same, and whom targets in words came to by the linkage.
    func knowing(_ links: TargetLinks) -> TargetResolver {
        var resolver = self
        resolver.links = links
        return resolver
    }

    /// Everybody who can be an answer, sorted.
    var cadreIDs: [String] { history.cadreIDs }

    /// The place of a cadre among `cadreIDs`.
    func place(of cadreID: String) -> Int32? {
        var cadreID = cadreID
        return cadreID.withUTF8 { places.place(.cadre, $0) }
    }

    /// - Parameter day: The day of the event; `nil` leaves a unit's post or name unresolved, because its holder changes.
    func resolve(_ key: TargetTable.Key, on day: CalendarDate?) -> Outcome {
        outcome(of: key.bytes.withUnsafeBufferPointer { meaning(key.form, $0) }, key, on: day?.dayNumber ?? FactPartial.noDay)
    }

    /// What a target whose meaning is known comes to on a day, or without one.
    func outcome(of meaning: Meaning, _ key: @autoclosure () -> TargetTable.Key, on day: Int32) -> Outcome {
        switch meaning {
        case .always(let outcome): return outcome
        case .inWords: return links[key(), day]
        case .holder(let place):
            guard day != FactPartial.noDay else { return .nobody(.nobodyFits, candidates: 0) }
            let (count, one) = holdings.holders(of: place, on: day)
            guard count > 0 else { return .nobody(.nobodyFits, candidates: 0) }
            return count == 1 ? .cadre(cadreIDs[Int(one)]) : .nobody(.severalFit, candidates: count)
        }
    }

    /// What a target says, whatever the day: looked up once for all days of a target that comes again and again.
    func meaning(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>) -> Meaning {
        switch form {
        case .cadre:
            guard !text.isEmpty else { return .always(.nobody(.noTarget, candidates: 0)) }
            return .always(places.place(.cadre, text).map { .cadre(cadreIDs[Int($0)]) } ?? .nobody(.unknownCadre, candidates: 0))
        case .words: return .inWords
        case .unitAndPost, .unitAndName:
            guard let separator = text.firstIndex(of: TargetTable.separator),
                let unit = history.unitID(String(decoding: text[..<separator], as: UTF8.self))
            else { return .always(.nobody(.unknownUnit, candidates: 0)) }
            let bytes = Array(unit.utf8) + text[separator...]
            let table = form == .unitAndPost ? posts : names
            guard let place = bytes.withUnsafeBufferPointer({ table.place(form, $0) }) else { return .always(.nobody(.nobodyFits, candidates: 0)) }
            return .holder(form == .unitAndPost ? place : place + Int32(truncatingIfNeeded: posts.count))
        }
    }
}
