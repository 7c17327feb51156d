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
            var slots = [Int?](repeating: nil, count: 2 * block.cadres.count)
            var order = RatingOrder(reserving: block.entries.count)
            for (index, length) in block.lengths.enumerated() {
                let entries = start..<(start + length)
                start = entries.upperBound
                // Entries come by month.
                let (first, last) = (block.entries[entries.lowerBound], block.entries[entries.upperBound - 1])
                guard first.month <= span.last.index, last.month >= span.first.index else { continue }
                let slot = places[index].flatMap { people.slot(at: $0, window: window) }
                let counted = slot.map { people.members[window][$0].candidate.counted }
                slots[2 * index] = slot
                for place in entries {
                    let month = Month(index: block.entries[place].month)
                    guard span.contains(month) else { continue }
                    guard let rater = Int32(exactly: block.entries[place].rater), rater >= 0 else {
                        part.problem = .outsideDomain(parameter: "rater", value: Double(block.entries[place].rater))
                        continue
                    }
                    // The counted months first, and the others as a target of their own.
                    order.add(target: 2 * index + (counted?.contains(month) ?? false ? 0 : 1), rater: rater, place: place)
                }
            }
            order.sort()
            add(order.places, slots: slots, of: block.entries, to: &part)
            part.raters = part.marks.raterBound
            return part
        }
    }

    /// Adds the targets of a block, those of one rater and target as one.
    private func add(_ order: [RatingOrder.Place], slots: [Int?], of entries: [RatingBlock.Entry], to part: inout Part) {
        var index = 0
        while index < order.count {
            let target = order[index].target
            var total = 0.0
            while index < order.count, order[index].target == target {
                let rater = order[index].rater
                var entry = entries[Int(order[index].place)]
                index += 1
                while index < order.count, order[index].target == target, order[index].rater == rater {
                    let other = entries[Int(order[index].place)]
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
            part.targets.append(Target(slot: slots[Int(target)], sum: total))
        }
    }
}
