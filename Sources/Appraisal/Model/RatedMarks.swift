import PipelineModel
import Statistics
import Warehouse

/// The marks of one measure over the months of a window, as cells of a rater and a target.
///
/// A member is a target in the counted months. The same cadre in other months of the window's span, and whoever is no member, are targets of their own:
/// nothing is judged of them, but the raters who met them show there how severe they are.
struct RatedMarks: Sendable {
    /// Ascending by target and rater, each pair once, where one source makes the measure.
    private(set) var cells: [RatingCell] = []
    /// Sum of the marks, by target.
    private(set) var sums: [Double] = []
    /// Raters are numbered from 0; some may have met nobody in the window.
    private(set) var raters = 0
    /// By member; `nil` for one without a mark that names its rater.
    private(set) var targetOfMember: [Int?]
    private var source = ""
    /// What is added to the numbers of the source's raters, so that none of another source has them.
    private var firstRater = 0

    /// Reads the cells of several windows in one pass.
    ///
    /// - Parameters:
    ///   - unit: 10 to the power of the measure's decimals.
    ///   - threads: Changes the time, and no bit of the answer.
    static func read(
        of measure: String, unit: Double, people: JudgedPeople, threads: Int, in transaction: Transaction
    ) throws -> [RatedMarks] {
        var windows = people.members.map { RatedMarks(members: $0.count) }
        let fold = RatingFold(people, unit: unit)
        try transaction.mapRatings(of: measure, threads: threads, fold.parts) { parts in
            for (window, part) in parts.enumerated() { windows[window].add(part) }
        }
        return windows
    }

    private init(members: Int) { targetOfMember = [Int?](repeating: nil, count: members) }

    /// Raters who met at least two targets: the others tell nothing of how raters differ.
    var comparingRaters: Int {
        var met = [Int](repeating: 0, count: raters)
        for cell in cells { met[cell.rater] += 1 }
        return met.count { $0 > 1 }
    }

    private mutating func add(_ part: RatingFold.Part) {
        if part.source != source { (source, firstRater) = (part.source, raters) }
        var next = 0
        for target in part.targets {
            // A member whom another source has rated is the same target there.
            let known = target.slot.flatMap { targetOfMember[$0] }
            let place = known ?? sums.count
            if known == nil { sums.append(0) }
            if let slot = target.slot { targetOfMember[slot] = place }
            sums[place] += target.sum
            for mark in part.marks[next..<target.end] {
                let rater = firstRater + mark.rater
                raters = max(raters, rater + 1)
                cells.append(RatingCell(target: place, rater: rater, count: mark.count, sum: mark.sum, sumOfSquares: mark.squares))
            }
            next = target.end
        }
    }
}
