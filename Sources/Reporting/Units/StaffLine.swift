import PipelineModel
import Tables

/// One rank of a unit by class, with its total.
struct StaffLine {
    let isAll: Bool
    let rank: String?
    /// The three classes in their order, no class, and all.
    let counts: [Int]
    let isHidden: [Bool]

    func cell(_ place: Int) -> Cell { isHidden[place] ? .empty : .integer(counts[place]) }

    /// Ranks by name, the unknown one last, then all together. The total of all is the summary's, and blank with it.
    static func lines(of unit: UnitNight) -> [StaffLine] {
        var counts: [String?: [Int]] = [:]
        var all = [0, 0, 0, 0, 0]
        for member in unit.staff {
            let column = member.serviceClass.flatMap { CivilServiceClass.allCases.firstIndex(of: $0) } ?? 3
            for place in [column, 4] {
                counts[member.rank, default: [0, 0, 0, 0, 0]][place] += 1
                all[place] += 1
            }
        }
        let ranks = counts.sorted { ($0.key ?? "\u{10FFFF}") < ($1.key ?? "\u{10FFFF}") }
        let width = all.count
        let values = ranks.flatMap(\.value) + all
        var sums = (0...ranks.count).map { CellSuppression.Sum(total: $0 * width + 4, parts: Array($0 * width..<$0 * width + 4)) }
        for column in 0..<width {
            sums.append(CellSuppression.Sum(total: ranks.count * width + column, parts: ranks.indices.map { $0 * width + column }))
        }
        let last = ranks.count * width + 4
        let isHidden = CellSuppression(
            values: values, sums: sums, hidden: unit.line.hidesCadres ? [last] : [], published: unit.line.hidesCadres ? [] : [last]
        ).isHidden
        return (ranks.map { (Optional.some($0.key), $0.value) } + [(nil, all)]).enumerated().map { index, line in
            StaffLine(isAll: line.0 == nil, rank: line.0 ?? nil, counts: line.1, isHidden: Array(isHidden[index * width..<(index + 1) * width]))
        }
    }
}
