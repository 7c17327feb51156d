import PipelineModel
import Statistics
import Warehouse

/// Folds the marks of some cadres, of which one source makes one measure, into the targets of each window.
struct RatingFold: Sendable {
    /// Whoever was rated.
    struct Target: Sendable {
        /// Among the members; `nil` for whoever is none, and for a member in months that do not count.
        let slot: Int?
        /// Of the marks, in the measure's unit.
        let sum: Double
    }

    /// What a block adds to one window.
    struct Part: Sendable {
        let source: String
        var targets: [Target] = []
        /// Of each target by rater, each once, months taken together; raters count from 0 in each source.
        var marks = RatingTable()
        /// One more than the last rater.
        var raters = 0
        /// Why a mark cannot be taken for one.
        var problem: StatisticsError?
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
                add(counting, slot: slot, to: &part)
                add(others, slot: nil, to: &part)
            }
            part.raters = part.marks.raterBound
            return part
        }
    }

    private func add(_ entries: [RatingBlock.Entry], slot: Int?, to part: inout Part) {
        guard !entries.isEmpty else { return }
        // Numbers are sorted in a fifth of the memory of entries.
        var order = entries.indices.map { UInt64(truncatingIfNeeded: entries[$0].rater) << 32 | UInt64($0) }
        order.sort()
        var total = 0.0
        var index = 0
        while index < order.count {
            var entry = entries[Int(order[index] & 0xFFFF_FFFF)]
            index += 1
            while index < order.count, order[index] >> 32 == UInt64(truncatingIfNeeded: entry.rater) {
                let other = entries[Int(order[index] & 0xFFFF_FFFF)]
                entry.count += other.count
                entry.sum += other.sum
                entry.squares += other.squares
                index += 1
            }
            let sum = Double(entry.sum) / unit
            total += sum
            do throws(StatisticsError) {
                try part.marks.append(rater: entry.rater, count: Double(entry.count), sum: sum, sumOfSquares: Double(entry.squares) / (unit * unit))
            } catch {
                part.problem = part.problem ?? error
            }
        }
        part.marks.endTarget()
        part.targets.append(Target(slot: slot, sum: total))
    }
}
