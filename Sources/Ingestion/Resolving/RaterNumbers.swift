/// The number of each rater of a source, counted from 1, by what they wrote, in order: the same on every run, and nothing of what they wrote is kept.
struct RaterNumbers: Sendable {
    /// By the rater's place in the source.
    private let numbers: [Int32]
    private let places: RaterPlaces

    static let none = RaterNumbers(RaterPlaces(), written: [])

    /// - Parameter written: Raters as written, of each memory. Those of whom there is no mark have no number: who they are depends on how files were cut.
    init(_ places: RaterPlaces, written: [TargetTable]) {
        var raters: [(place: Int32, bytes: [UInt8])] = []
        raters.reserveCapacity(Int(places.count))
        for (own, table) in zip(places.places, written) {
            let keys = table.keys
            for (rater, place) in own.enumerated() where place >= 0 { raters.append((place, keys[rater].bytes)) }
        }
        raters.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        var numbers = [Int32](repeating: 0, count: Int(places.count))
        var (number, last): (Int32, [UInt8]?) = (0, nil)
        for rater in raters {
            if rater.bytes != last { number += 1 }
            last = rater.bytes
            numbers[Int(rater.place)] = number
        }
        (self.numbers, self.places) = (numbers, places)
    }

    /// - Parameter place: In the source.
    @inline(__always)
    subscript(place: Int32) -> Int32 { numbers[Int(place)] }

    /// - Parameter rater: A place in the memory.
    subscript(rater: Int32, memory memory: Int) -> Int32 { self[places.place(of: rater, memory: memory)] }
}
