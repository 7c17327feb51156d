import PipelineModel
import Warehouse

/// Finds the cadres whom the rows of a part are about when it is read, on any thread: all but those named in words, which are weighed together when all are known.
///
/// What it does not find is left to `TargetWriter`, which says why.
///
/// A struct, of which each reading memory has its own: two threads that count a reference to one object for every row wait for one another.
struct RowResolver: Sendable {
    /// Everybody on the roster, sorted.
    let cadreIDs: [String]
    private let places: TargetTable
    private let resolver: TargetResolver?
    private let holdings: Holdings

    /// Knows nobody.
    static let nobody = RowResolver(cadreIDs: [], TargetTable(), nil)

    /// Knows the numbers of the roster alone.
    init(rosterIn transaction: Transaction) throws {
        var ids: Set<String> = []
        try transaction.forEachRow(of: .roster, reading: ["cadre_id"]) { row in NamedFields(row, .roster).text("cadre_id").map { _ = ids.insert($0) } }
        let sorted = ids.sorted()
        self.init(cadreIDs: sorted, TargetTable(cadres: sorted), nil)
    }

    init(_ resolver: TargetResolver) { self.init(cadreIDs: resolver.cadreIDs, resolver.places, resolver) }

    private init(cadreIDs: [String], _ places: TargetTable, _ resolver: TargetResolver?) {
        (self.cadreIDs, self.places) = (cadreIDs, places)
        self.resolver = resolver
        holdings = resolver?.holdings ?? .none
    }

    /// What a target as written says, before its day is looked at.
    func meaning(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>) -> Meaning {
        if form == .cadre { return cadre(text, hash: TargetTable.hash(.cadre, text)) }
        guard form != .words, let resolver else { return .nobody }
        switch resolver.meaning(form, text) {
        case .always(.cadre(let id)): return resolver.place(of: id).map { .cadre($0) } ?? .nobody
        case .holder(let place): return .holder(place)
        case .always, .inWords: return .nobody
        }
    }

    /// Somebody's own number.
    ///
    /// - Parameter hash: The number's, as a target.
    @inline(__always)
    func cadre(_ id: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Meaning { places.place(.cadre, id, hash: hash).map { .cadre($0) } ?? .nobody }

    /// Lets the place at which a number of such a hash is looked for come into the cache.
    @inline(__always)
    func fetch(_ hash: UInt64) { places.fetch(hash) }

    /// The place among `cadreIDs` of the one person who held something on a day; below zero where that were none, or several.
    @inline(__always)
    func holder(_ place: Int32, on day: Int32) -> Int32 { day == FactPartial.noDay ? -1 : holdings.only(of: place, on: day) }

    /// Numbers alone: asked for every row.
    enum Meaning: Sendable {
        /// A place among `cadreIDs`.
        case cadre(Int32)
        case holder(Int32)
        case nobody
    }
}
