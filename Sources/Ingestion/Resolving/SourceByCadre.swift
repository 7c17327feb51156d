/// What the rows of a source come to for each cadre: for those who were known while rows were read, and, by the cells of targets as written, for those found afterwards.
final class SourceByCadre: Sendable {
    let source: IngestedSource
    private let lines: LinesByCadre
    /// Marks of those found afterwards, which the cells have among their sums.
    private let foundMarks: KnownByCadre.Standing<KnownByCadre.Mark>

    /// - Parameters:
    ///   - holders: Whom the lines of the source's cells are about.
    ///   - cadres: How many there are.
    init(_ source: IngestedSource, holders: SourceHolders, cadres: Int) {
        precondition(source.known.isEmpty || source.known.parts == CadreParts(cadres: cadres), "rows were read by another roster")
        self.source = source
        lines = holders.lines
        let (numbers, ofLines) = (source.raters, holders.ofLines)
        func given(_ marks: EntryBlocks<RatingLog.Mark>) -> ByCadre<KnownByCadre.Mark> {
            if marks.isEmpty { return .none }
            return ByCadre(0..<cadres) { pass in
                marks.forEach { mark, memory in
                    if mark.knownCadre == nil { pass(ofLines[Int(mark.target)], KnownByCadre.Mark(mark, rater: numbers[mark.rater, memory: memory])) }
                }
            }
        }
        foundMarks = KnownByCadre.Standing(added: given(source.partial.marks.added), takenBack: given(source.partial.marks.takenBack))
    }

    var hasMarks: Bool { !source.known.marks.added.isEmpty || !foundMarks.added.isEmpty }

    /// A part of the cadres.
    struct Part {
        private let source: SourceByCadre
        private let known: KnownByCadre

        fileprivate init(_ source: SourceByCadre, _ known: KnownByCadre) { (self.source, self.known) = (source, known) }
    }

    /// Gets a part of the cadres into memory.
    ///
    /// - Parameter marksAlone: Whether nothing else is asked for.
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside.
    func part(_ part: Int, marksAlone: Bool = false) throws -> Part {
        Part(self, try KnownByCadre(source.known, part: part, raters: source.raters, marksAlone: marksAlone))
    }
}

extension SourceByCadre.Part {
    /// Adds what the cadre at a place comes to.
    ///
    /// - Parameter rank: The column of each of the source's measures among the sums.
    func add(_ cadre: Int, to sums: inout MonthlySums, rank: [Int]) {
        known.add(cadre, to: &sums, rank: rank)
        let cells = source.source.partial.cells
        for line in source.lines[cadre] {
            let row = sums.row(of: cells.month(of: Int(line)))
            for measure in 0..<cells.measureCount { sums.add(cells.sums(Int(line), measure: measure), row, rank[measure]) }
        }
    }

    /// Passes the marks of the cadre at a place; those taken back too, with a sign below zero.
    func forEachMark(of cadre: Int, _ body: (KnownByCadre.Mark, _ sign: Int32) -> Void) {
        for marks in [known.marks, source.foundMarks] {
            for mark in marks.added[cadre] { body(mark, 1) }
            for mark in marks.takenBack[cadre] { body(mark, -1) }
        }
    }
}
