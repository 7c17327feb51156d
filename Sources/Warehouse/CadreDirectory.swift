/// Everybody on tonight's roster, found by their number.
///
/// A dictionary of entries would take room for more than twice as many as there are: here it holds places alone.
public struct CadreDirectory: Sendable {
    /// By number, ascending.
    public let values: [CadreEntry]
    private let places: [String: Int32]

    /// - Parameter entries: Of several of one number the last one counts.
    init(_ entries: [CadreEntry]) {
        var sorted = entries
        // A roster mostly is in order already.
        if zip(entries, entries.dropFirst()).contains(where: { $1.cadreID <= $0.cadreID }) {
            let latest = Dictionary(zip(entries.map(\.cadreID), entries.indices)) { _, later in later }
            sorted = latest.sorted { $0.key < $1.key }.map { entries[$0.value] }
        }
        var places: [String: Int32] = [:]
        places.reserveCapacity(sorted.count)
        for (place, entry) in zip(Int32(0)..., sorted) { places[entry.cadreID] = place }
        (values, self.places) = (sorted, places)
    }

    /// How many there are.
    public var count: Int { values.count }

    /// Who has a number; `nil` where nobody on the roster has.
    public subscript(cadreID: String) -> CadreEntry? { places[cadreID].map { values[Int($0)] } }
}
