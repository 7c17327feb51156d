public import PipelineModel

/// One cadre in one post, from a day to a day.
public struct Tenure: Hashable, Sendable {
    /// Who.
    public let cadreID: String
    /// The unit as the unit table numbers it; `nil` where the written one is not in it.
    public let unitID: String?
    /// Title of the post.
    public let post: String?
    /// Type of the post.
    public let postType: String?
    /// Rank in the post, or the roster's where the post says none.
    public let rank: String?
    /// First day.
    public let start: CalendarDate
    /// Last day, where the export says so.
    public let statedEnd: CalendarDate?
    /// Last day as it counts: the stated one, or the day before the cadre's next post begins; `nil` while it lasts.
    public fileprivate(set) var end: CalendarDate?
    /// Where the tenure stands in its export.
    public let fileID: Int
    /// Counts from 1.
    public let line: Int

    /// Whether the cadre held the post on a day.
    public func covers(_ day: CalendarDate) -> Bool { start <= day && (end.map { day <= $0 } ?? true) }
}

/// A cadre as the roster knows them.
public struct CadreEntry: Hashable, Sendable {
    /// The cadre's number.
    public let cadreID: String
    /// For the private lists.
    public let name: String?
    /// As the HR system writes it.
    public let rank: String?
    /// The unit as the unit table numbers it; `nil` where the written one is not in it.
    public let unitID: String?
    /// First day in service.
    public let entry: CalendarDate?
    /// In service or not; blank is active.
    public let status: ServiceStatus
    /// Where the roster has them.
    public let fileID: Int
    /// Counts from 1.
    public let line: Int
}

/// A unit.
public struct UnitEntry: Hashable, Sendable {
    /// The unit's number.
    public let unitID: String
    /// Full name.
    public let name: String
    /// Chooses the scheme.
    public let kind: KindOfBody
    /// The unit above it.
    public let parentID: String?
    /// Other names that people use.
    public let aliases: [String]
    /// Earlier names.
    public let formerNames: [String]
    /// Where the unit table has it.
    public let fileID: Int
    /// Counts from 1.
    public let line: Int
}

/// Who serves and served where: the roster, the units and the post tenures of tonight, as every stage sees them.
public struct ServiceHistory: Sendable {
    /// Everybody on the roster.
    public let cadres: CadreDirectory
    /// All cadre numbers, ascending.
    public let cadreIDs: [String]
    /// By unit number.
    public let units: [String: UnitEntry]
    /// Of each cadre, by first day; each open end closed where the next post begins.
    public let tenures: [String: [Tenure]]
    private let names: UnitNames

    /// Reads the history from the warehouse.
    public init(in transaction: Transaction) throws {
        var units: [String: UnitEntry] = [:]
        var names = UnitNames()
        try transaction.forEachRow(of: .units) { row in
            let fields = NamedFields(row, .units)
            guard let id = fields.text("unit_id"), let name = fields.text("name"), let kind = fields.code("kind", KindOfBody.self) else { return }
            let unit = UnitEntry(
                unitID: id, name: name, kind: kind, parentID: fields.text("parent_id"), aliases: ServiceHistory.list(fields.text("aliases")),
                formerNames: ServiceHistory.list(fields.text("former_names")), fileID: row.fileID, line: row.line)
            units[id] = unit
            names.add(unit)
        }
        names.settle()

        // What exports write for units, posts and ranks, again and again; and by word the unit meant.
        var words = WordTable()
        var meant: [String?] = []
        func unitID(_ word: Int?) -> String? {
            guard let word else { return nil }
            while meant.count <= word { meant.append(names.unitID(words.words[meant.count])) }
            return meant[word]
        }
        func text(_ word: Int?) -> String? { word.map { words.words[$0] } }

        var entries: [CadreEntry] = []
        try transaction.forEachRow(of: .roster, fields: ["file_id", "line", "cadre_id", "name", "rank", "unit", "entry_date", "status"]) { row in
            let (fileID, line) = (try row.integer(), try row.integer())
            guard let id = try row.optionalText() else { return }
            entries.append(
                CadreEntry(
                    cadreID: id, name: try row.optionalText(), rank: text(try row.optionalWord(in: &words)), unitID: unitID(try row.optionalWord(in: &words)),
                    entry: try row.optionalDate(), status: try row.optionalCode(ServiceStatus.self) ?? .active, fileID: fileID, line: line))
        }
        let cadres = CadreDirectory(entries)
        var open: [String: [Tenure]] = [:]
        open.reserveCapacity(cadres.count)
        var own: [Tenure] = []
        let fields = ["file_id", "line", "cadre_id", "unit", "post", "post_type", "rank", "start_date", "end_date"]
        try transaction.forEachRow(of: .posts, fields: fields) { row in
            let (fileID, line) = (try row.integer(), try row.integer())
            guard let id = try row.optionalText() else { return }
            let unit = try row.optionalWord(in: &words)
            let (post, type, rank) = (try row.optionalWord(in: &words), try row.optionalWord(in: &words), try row.optionalWord(in: &words))
            guard let start = try row.optionalDate() else { return }
            let end = try row.optionalDate()
            // The posts of a cadre mostly come one after the other.
            if own.last.map({ $0.cadreID != id }) ?? false {
                open[own[0].cadreID, default: []] += own
                own.removeAll(keepingCapacity: true)
            }
            let entry = unit == nil || rank == nil ? cadres[id] : nil
            own.append(
                Tenure(
                    cadreID: id, unitID: unit == nil ? entry?.unitID : unitID(unit), post: text(post), postType: text(type),
                    rank: text(rank) ?? entry?.rank, start: start, statedEnd: end, end: end, fileID: fileID, line: line))
        }
        if !own.isEmpty { open[own[0].cadreID, default: []] += own }
        self.units = units
        self.names = names
        (self.cadres, cadreIDs) = (cadres, cadres.values.map(\.cadreID))
        for place in open.values.indices { ServiceHistory.close(&open.values[place]) }
        tenures = open
    }

    /// The unit that an export means by a number, a full name, an alias or a former name; `nil` where there is none, or more than one of the name.
    public func unitID(_ written: String?) -> String? { names.unitID(written) }

    /// The post that a cadre holds on a day: of several, the one begun last.
    public func post(of cadreID: String, on day: CalendarDate) -> Tenure? {
        guard let own = tenures[cadreID] else { return nil }
        for place in own.indices.reversed() where own[place].covers(day) { return own[place] }
        return nil
    }

    /// The unit of a cadre on a day: of the post then held, or the roster's where no post covers the day.
    public func unit(of cadreID: String, on day: CalendarDate) -> String? {
        if let own = tenures[cadreID] {
            // A tenure is texts: one of them is asked for millions of times.
            for place in own.indices.reversed() where own[place].covers(day) { return own[place].unitID }
        }
        return cadres[cadreID]?.unitID
    }

    /// The names of a list that is separated by semicolons; full-width ones have become ASCII.
    private static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ";").map { name in String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }.filter { !$0.isEmpty }
    }

    /// Sorts a cadre's tenures and closes each open end on the day before the next later beginning. A tenure that ends before it begins closes nothing.
    private static func close(_ tenures: inout [Tenure]) {
        func precedes(_ left: Tenure, _ right: Tenure) -> Bool { (left.start, left.fileID, left.line) < (right.start, right.fileID, right.line) }
        // Most come in order.
        if tenures.indices.dropFirst().contains(where: { precedes(tenures[$0], tenures[$0 - 1]) }) { tenures.sort(by: precedes) }
        for place in tenures.indices where tenures[place].statedEnd == nil {
            let start = tenures[place].start
            let next = tenures.first { later in later.start > start && later.statedEnd.map { $0 >= later.start } ?? true }?.start
            if let next { tenures[place].end = next.adding(days: -1) }
        }
    }
}
