/// The number of each rater of a source, counted from 1, by what they wrote, in order: the same on every run, and nothing of what they wrote is kept.
struct RaterNumbers: Sendable {
    /// By memory, then by the rater's place in it.
    private let numbers: [[Int32]]

    static let none = RaterNumbers(RatingLog(), written: [])

    /// - Parameter written: Raters as written, of each memory. Those of whom there is no mark have no number: who they are depends on how files were cut.
    init(_ marks: RatingLog, written: [TargetTable]) {
        var isUsed = written.map { [Bool](repeating: false, count: $0.count) }
        // A mark may be taken back by another memory than the one that read it.
        for log in [marks.added, marks.takenBack] { log.forEach { mark, memory in isUsed[memory][Int(mark.rater)] = true } }
        var used: [(memory: Int, place: Int, bytes: [UInt8])] = []
        for (memory, raters) in written.enumerated() {
            for (place, key) in raters.keys.enumerated() where isUsed[memory][place] { used.append((memory, place, key.bytes)) }
        }
        used.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        var numbers = written.map { [Int32](repeating: 0, count: $0.count) }
        var (number, last): (Int32, [UInt8]?) = (0, nil)
        for rater in used {
            if rater.bytes != last { number += 1 }
            last = rater.bytes
            numbers[rater.memory][rater.place] = number
        }
        self.numbers = numbers
    }

    subscript(rater: Int32, memory memory: Int) -> Int32 { numbers[memory][Int(rater)] }
}
