/// A place among the raters of a source for each rater of whom there is a mark, in the order in which they are met; each thread that reads has written them down for itself,
/// so that one rater can have several.
struct RaterPlaces: Sendable {
    /// By memory, then by the rater's place in it; below zero where there is no mark.
    private(set) var places: [[Int32]] = []
    private(set) var count: Int32 = 0

    /// The raters of one memory.
    struct OfMemory {
        fileprivate var places: [Int32]
        fileprivate var count: Int32

        @inline(__always)
        mutating func place(of rater: Int32) -> Int32 {
            if Int(rater) >= places.count { places += [Int32](repeating: -1, count: max(places.count, Int(rater) + 1 - places.count)) }
            let known = places[Int(rater)]
            if known >= 0 { return known }
            places[Int(rater)] = count
            count += 1
            return count - 1
        }
    }

    /// Finds the places of many raters of a memory.
    mutating func withPlaces(of memory: Int, _ body: (inout OfMemory) -> Void) {
        while places.count <= memory { places.append([]) }
        var own = OfMemory(places: [], count: count)
        // Moved in and out: what two hold is copied at the next change.
        swap(&own.places, &places[memory])
        body(&own)
        count = own.count
        swap(&own.places, &places[memory])
    }

    /// The place of a rater of whom there is a mark.
    @inline(__always)
    func place(of rater: Int32, memory: Int) -> Int32 { places[memory][Int(rater)] }
}
