/// Finds the name that somebody may have meant.
enum NearestName {
    /// The nearest known name, if it lies within a third of the written one's length, or two characters.
    static func of(_ written: String, among known: [String]) -> String? {
        let limit = max(2, written.count / 3)
        let candidates = known.map { (name: $0, distance: distance(written.lowercased(), $0.lowercased())) }
        guard let best = candidates.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }), best.distance <= limit, best.distance < written.count
        else { return nil }
        return best.name
    }

    /// `did you mean `x`?`, or all the known names where none is near.
    static func hint(for written: String, among known: [String]) -> String {
        if let name = of(written, among: known) { return "did you mean `\(name)`?" }
        return "known here: " + known.joined(separator: ", ")
    }

    /// Fewest insertions, deletions, replacements and swaps of neighbours that turn one text into the other (optimal string alignment).
    static func distance(_ first: String, _ second: String) -> Int {
        let (a, b) = (Array(first), Array(second))
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...b.count {
                row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
            }
            (before, previous) = (previous, row)
        }
        return previous[b.count]
    }
}
