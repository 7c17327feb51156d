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
    ///
    /// A class for the same reason.
    final class Part {
        private let source: SourceByCadre
        private let known: KnownByCadre
        /// Of each of the source's measures, its column among the sums.
        private let rank: [Int]

        fileprivate init(_ source: SourceByCadre, _ known: KnownByCadre, rank: [Int]) { (self.source, self.known, self.rank) = (source, known, rank) }
    }

    /// Gets a part of the cadres into memory, to be added up.
    ///
    /// - Parameter rank: Of each of the source's measures, its column among the sums.
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside.
    func part(_ part: Int, rank: [Int]) throws -> Part { Part(self, try KnownByCadre(source.known, part: part, raters: source.raters), rank: rank) }

    /// Gets the marks of a part of the cadres into memory, and nothing else.
    ///
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside.
    func marks(ofPart part: Int) throws -> Part {
        Part(self, try KnownByCadre(source.known, part: part, raters: source.raters, marksAlone: true), rank: [])
    }
}

extension SourceByCadre.Part {
    /// Adds what the cadre at a place comes to.
    func add(_ cadre: Int, to sums: inout MonthlySums) {
        known.add(cadre, to: &sums, rank: rank)
        let lines = source.lines[cadre]
        if lines.isEmpty { return }
        let cells = source.source.partial.cells
        for line in lines {
            let row = sums.row(of: cells.month(of: Int(line)))
            for measure in 0..<cells.measureCount { sums.add(cells.sums(Int(line), measure: measure), row, rank[measure]) }
        }
    }

    /// Passes the marks of the cadre at a place; those taken back too, with a sign below zero.
    @inline(__always)
    func forEachMark(of cadre: Int, _ body: (KnownByCadre.Mark, _ sign: Int64) -> Void) {
        known.marks.forEach(of: cadre, body)
        source.foundMarks.forEach(of: cadre, body)
    }
}
