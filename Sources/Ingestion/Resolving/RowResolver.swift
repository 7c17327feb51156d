import PipelineModel
import Warehouse

/// Finds the cadres whom rows are about while they are read, on any thread: all but those named in words, which are weighed together when all are known.
///
/// What it does not find is left to `TargetWriter`, which says why.
final class RowResolver: Sendable {
    /// Everybody on the roster, sorted.
    let cadreIDs: [String]
    private let places: TargetTable
    private let placeOfID: [String: Int32]
    private let resolver: TargetResolver?

    /// Knows the numbers of the roster alone.
    convenience init(rosterIn transaction: Transaction) throws {
        var ids: Set<String> = []
        try transaction.forEachRow(of: .roster, reading: ["cadre_id"]) { row in NamedFields(row, .roster).text("cadre_id").map { _ = ids.insert($0) } }
        self.init(cadreIDs: ids.sorted(), nil)
    }

    convenience init(_ resolver: TargetResolver) { self.init(cadreIDs: resolver.cadreIDs, resolver) }

    private init(cadreIDs: [String], _ resolver: TargetResolver?) {
        self.cadreIDs = cadreIDs
        self.resolver = resolver
        var places = TargetTable()
        for id in cadreIDs {
            var id = id
            id.withUTF8 { _ = places.intern(.cadre, $0) }
        }
        self.places = places
        placeOfID = Dictionary(uniqueKeysWithValues: zip(cadreIDs, Int32(0)...))
    }

    /// The place among `cadreIDs` of whoever a target as written means on a day; `nil` where that is nobody for certain.
    func cadre(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, day: Int32) -> Int32? {
        if form == .cadre { return places.place(.cadre, text) }
        guard form != .words, let resolver else { return nil }
        let date = day == FactPartial.noDay ? nil : CalendarDate(dayNumber: day)
        guard case .cadre(let id) = resolver.resolve(TargetTable.Key(form: form, bytes: Array(text)), on: date) else { return nil }
        return placeOfID[id]
    }
}

/// What one thread has found out about targets: posts and names come again and again.
final class RowResolution {
    private let resolver: RowResolver
    private var targets = TargetTable()
    private var days = PlaceTable()
    private var found: [Int32] = []

    init(_ resolver: RowResolver) { self.resolver = resolver }

    /// Passes the number of the cadre whom a target means on a day.
    ///
    /// - Returns: Whether there is one.
    func withCadre(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, day: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
        // Somebody's own number is what is written.
        if form == .cadre {
            guard resolver.cadre(form, text, day: day) != nil else { return false }
            body(text)
            return true
        }
        let (place, isNew) = days.place(PlaceTable.Key(first: targets.intern(form, text), second: day, third: 0))
        if isNew { found.append(resolver.cadre(form, text, day: day) ?? -1) }
        guard found[place] >= 0 else { return false }
        var id = resolver.cadreIDs[Int(found[place])]
        id.withUTF8(body)
        return true
    }
}
