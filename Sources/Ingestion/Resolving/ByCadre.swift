/// Entries of neighbouring cadres, cadre by cadre, put in order by counting; those of one cadre stay in the order in which they came.
struct ByCadre<Entry: Sendable>: Sendable {
    /// The place of the first cadre.
    private let first: Int
    /// Where each cadre's entries start, and where the last one's end; empty where there is no entry at all.
    private let starts: [Int32]
    private let entries: [Entry]

    /// - Parameters:
    ///   - cadres: Their places.
    ///   - forEach: Passes each entry with the place of its cadre, twice, in the same order; what has a place below zero is left out.
    @inline(__always)
    init(_ cadres: Range<Int>, _ forEach: ((Int32, Entry) -> Void) -> Void) {
        let first = cadres.lowerBound
        var starts = [Int32](repeating: 0, count: cadres.count + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            forEach { cadre, _ in if cadre >= 0 { starts[Int(cadre) - first + 1] += 1 } }
            for cadre in 0..<cadres.count { starts[cadre + 1] += starts[cadre] }
        }
        let total = Int(starts[cadres.count])
        var next = starts
        entries = [Entry](unsafeUninitializedCapacity: total) { entries, initialized in
            HugePages.advise(entries)
            next.withUnsafeMutableBufferPointer { next in
                forEach { cadre, entry in
                    guard cadre >= 0 else { return }
                    let place = Int(cadre) - first
                    entries.initializeElement(at: Int(next[place]), to: entry)
                    next[place] += 1
                }
            }
            initialized = total
        }
        (self.first, self.starts) = (first, total == 0 ? [] : starts)
    }

    /// Nothing, of any cadre.
    static var none: ByCadre { ByCadre(0..<0) { _ in } }

    var isEmpty: Bool { entries.isEmpty }

    /// The entries of the cadre at a place.
    subscript(cadre: Int) -> ArraySlice<Entry> { entries.isEmpty ? [] : entries[Int(starts[cadre - first])..<Int(starts[cadre - first + 1])] }

    /// Passes the entries of the cadre at a place: a slice would be counted, for each of a hundred thousand cadres and half a dozen lists.
    @inline(__always)
    func forEach(of cadre: Int, _ body: (Entry) -> Void) {
        if entries.isEmpty { return }
        starts.withUnsafeBufferPointer { starts in
            entries.withUnsafeBufferPointer { entries in
                for index in Int(starts[cadre - first])..<Int(starts[cadre - first + 1]) { body(entries[index]) }
            }
        }
    }
}
