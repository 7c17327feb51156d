/// Entries cadre by cadre, put in order by counting; those of one cadre stay in the order in which they came.
struct ByCadre<Entry: Sendable>: Sendable {
    /// Where each cadre's entries start, and where the last one's end; empty where there is no entry at all.
    private var starts: [Int] = []
    private var entries: [Entry] = []

    /// - Parameters:
    ///   - cadres: How many there are.
    ///   - forEach: Passes each entry with the place of its cadre, twice, in the same order; what has a place below zero is left out.
    init(cadres: Int, _ forEach: ((Int32, Entry) -> Void) -> Void) {
        var starts = [Int](repeating: 0, count: cadres + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            forEach { cadre, _ in if cadre >= 0 { starts[Int(cadre) + 1] += 1 } }
            for cadre in 0..<cadres { starts[cadre + 1] += starts[cadre] }
        }
        guard let count = starts.last, count > 0 else { return }
        var next = starts
        entries = [Entry](unsafeUninitializedCapacity: count) { entries, initialized in
            HugePages.advise(entries)
            next.withUnsafeMutableBufferPointer { next in
                forEach { cadre, entry in
                    guard cadre >= 0 else { return }
                    entries.initializeElement(at: next[Int(cadre)], to: entry)
                    next[Int(cadre)] += 1
                }
            }
            initialized = count
        }
        self.starts = starts
    }

    var isEmpty: Bool { entries.isEmpty }

    /// The entries of the cadre at a place.
    subscript(cadre: Int) -> ArraySlice<Entry> { entries.isEmpty ? [] : entries[starts[cadre]..<starts[cadre + 1]] }
}
