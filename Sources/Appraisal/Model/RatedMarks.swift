import PipelineModel
import Statistics
import Warehouse

/// The marks of one measure over the months of a window, by target and rater.
///
/// A member is a target in the counted months. The same cadre in other months of the window's span, and whoever is no member, are targets of their own:
/// nothing is judged of them, but the raters who met them show there how severe they are.
struct RatedMarks: Sendable {
    /// By source, with the target that each of the table's targets is.
    private var tables: [(marks: RatingTable, targets: [Int])] = []
    /// Why the marks cannot be taken for such; `nil` where they can.
    private(set) var problem: StatisticsError?
    /// Sum of the marks, by target.
    private(set) var sums: [Double] = []
    /// Raters are numbered from 0; some may have met nobody in the window.
    private(set) var raters = 0
    /// By member; `nil` for one without a mark that names its rater.
    private(set) var targetOfMember: [Int?]
    /// How many there may be: a table that grows takes twice its memory for a while.
    private let marks: Int
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
        let marks = try transaction.ratingCount(of: measure)
        var windows = people.members.map { RatedMarks(members: $0.count, marks: marks) }
        let fold = RatingFold(people, unit: unit)
        try transaction.mapRatings(of: measure, threads: threads, fold.parts) { parts in
            for (window, part) in parts.enumerated() { windows[window].add(part) }
        }
        return windows
    }

    private init(members: Int, marks: Int) { (targetOfMember, self.marks) = ([Int?](repeating: nil, count: members), marks) }

    /// Raters who met at least two targets: the others tell nothing of how raters differ.
    var comparingRaters: Int {
        var met = [Int](repeating: 0, count: raters)
        for table in tables { table.marks.forEachCell { _, rater, _, _ in met[rater] += 1 } }
        return met.count { $0 > 1 }
    }

    /// Whether no mark names its rater.
    var isEmpty: Bool { tables.allSatisfy(\.marks.isEmpty) }

    /// The marks of all sources, by target, then rater.
    func joined() -> RatingTable {
        // Of one source they are in order as they stand.
        if tables.count == 1 { return tables[0].marks }
        return RatingTable(joining: tables, targets: sums.count)
    }

    private mutating func add(_ part: RatingFold.Part) {
        guard problem == nil else { return }
        if part.source != source || tables.isEmpty {
            (source, firstRater) = (part.source, raters)
            // One source nearly always has all of them.
            tables.append((RatingTable(reserving: tables.isEmpty ? marks : 0), []))
        }
        problem = part.problem
        let last = tables.count - 1
        do throws(StatisticsError) {
            try tables[last].marks.append(part.marks, firstRater: firstRater, ratersBelow: part.raters)
        } catch {
            problem = error
        }
        raters = max(raters, firstRater + part.raters)
        for target in part.targets {
            // A member whom another source has rated is the same target there.
            let known = target.slot.flatMap { targetOfMember[$0] }
            let place = known ?? sums.count
            if known == nil { sums.append(0) }
            if let slot = target.slot { targetOfMember[slot] = place }
            sums[place] += target.sum
            tables[last].targets.append(place)
        }
    }
}
