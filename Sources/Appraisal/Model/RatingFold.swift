import PipelineModel
import Warehouse

/// Folds the marks of some cadres, of which one source makes one measure, into the targets of each window.
struct RatingFold: Sendable {
    /// The marks of one rater for one target, months taken together, in the measure's unit.
    struct Mark: Sendable {
        let rater: Int
        let count: Double
        let sum: Double
        let squares: Double
    }

    /// Whoever was rated, and where their marks end; they start where those of the one before end.
    struct Target: Sendable {
        /// Among the members; `nil` for whoever is none, and for a member in months that do not count.
        let slot: Int?
        let end: Int
        let sum: Double
    }

    /// What a block adds to one window.
    struct Part: Sendable {
        let source: String
        var targets: [Target] = []
        /// Of each target by rater, each once.
        var marks: [Mark] = []
    }

    private let people: JudgedPeople
    /// By window: from the first to the last month that counts for anybody; `nil` where nobody is judged.
    private let spans: [MonthWindow?]
    private let unit: Double

    /// - Parameter unit: 10 to the power of the measure's decimals.
    init(_ people: JudgedPeople, unit: Double) {
        (self.people, self.unit) = (people, unit)
        spans = people.members.map { members in
            let counted = members.lazy.map { $0.candidate.counted }
            guard let first = counted.map({ $0.first }).min(), let last = counted.map({ $0.last }).max() else { return nil }
            return MonthWindow(first: first, last: last)
        }
    }

    /// What the ratings of a block add to each window.
    func parts(of block: RatingBlock) -> [Part] {
        let places = block.cadres.map(people.place)
        return people.windows.map { window in
            var part = Part(source: block.source)
            guard let span = spans[window] else { return part }
            var start = 0
            var (counting, others): ([RatingBlock.Entry], [RatingBlock.Entry]) = ([], [])
            for (place, length) in zip(places, block.lengths) {
                let entries = block.entries[start..<(start + length)]
                start += length
                // Entries come by month.
                guard let first = entries.first, let last = entries.last, first.month <= span.last.index, last.month >= span.first.index else { continue }
                let slot = place.flatMap { people.slot(at: $0, window: window) }
                let counted = slot.map { people.members[window][$0].candidate.counted }
                counting.removeAll(keepingCapacity: true)
                others.removeAll(keepingCapacity: true)
                for entry in entries where span.contains(Month(index: entry.month)) {
                    if counted?.contains(Month(index: entry.month)) ?? false { counting.append(entry) } else { others.append(entry) }
                }
                add(&counting, slot: slot, to: &part)
                add(&others, slot: nil, to: &part)
            }
            return part
        }
    }

    private func add(_ entries: inout [RatingBlock.Entry], slot: Int?, to part: inout Part) {
        guard !entries.isEmpty else { return }
        entries.sort { $0.rater < $1.rater }
        var total = 0.0
        var index = 0
        while index < entries.count {
            var entry = entries[index]
            index += 1
            while index < entries.count, entries[index].rater == entry.rater {
                entry.count += entries[index].count
                entry.sum += entries[index].sum
                entry.squares += entries[index].squares
                index += 1
            }
            let sum = Double(entry.sum) / unit
            total += sum
            part.marks.append(Mark(rater: entry.rater, count: Double(entry.count), sum: sum, squares: Double(entry.squares) / (unit * unit)))
        }
        part.targets.append(Target(slot: slot, end: part.marks.count, sum: total))
    }
}
