/// Every mark that a rater gave, as it came: nearly every one is a cell of its own, so that adding them up while reading would gain nothing.
struct RatingLog: Sendable {
    /// One mark: its cell's line and measure are those of the `CellTable` beside it.
    struct Mark: Sendable {
        var line: Int32
        var rater: Int32
        var measure: Int32
        /// What was added; the mark's square is the square of it.
        var value: Int32
    }

    /// In blocks, because one array would be copied whenever it grows.
    private var blocks: [[Mark]] = []
    private var open: [Mark] = []

    var isEmpty: Bool { blocks.isEmpty && open.isEmpty }

    mutating func add(_ value: Int64, line: Int, measure: Int, rater: Int32) {
        open.append(Mark(line: Int32(truncatingIfNeeded: line), rater: rater, measure: Int32(truncatingIfNeeded: measure), value: Int32(value)))
    }

    /// Adds another log whose cells have other places, and whose raters have where they are given.
    mutating func merge(_ other: RatingLog, lines: [Int32], raters: [Int32]?) {
        if !open.isEmpty {
            blocks.append(open)
            open = []
        }
        for var block in other.blocks + [other.open] where !block.isEmpty {
            for index in block.indices {
                block[index].line = lines[Int(block[index].line)]
                if let raters { block[index].rater = raters[Int(block[index].rater)] }
            }
            blocks.append(block)
        }
    }

    /// Takes back the marks of another log, each once; its cells and raters have other places.
    mutating func remove(_ other: RatingLog, lines: [Int32], raters: [Int32]) {
        if other.isEmpty { return }
        var left: [[Int32]: Int] = [:]
        for mark in (other.blocks + [other.open]).joined() {
            left[[lines[Int(mark.line)], raters[Int(mark.rater)], mark.measure, mark.value], default: 0] += 1
        }
        let touched = Set(left.keys.map { $0[0] })
        func isTaken(_ mark: Mark) -> Bool {
            guard touched.contains(mark.line) else { return false }
            let key = [mark.line, mark.rater, mark.measure, mark.value]
            guard let count = left[key] else { return false }
            left[key] = count > 1 ? count - 1 : nil
            return true
        }
        for index in blocks.indices { blocks[index].removeAll(where: isTaken) }
        open.removeAll(where: isTaken)
    }
}

extension RatingLog: Sequence {
    struct Iterator: IteratorProtocol {
        private let blocks: [[Mark]]
        private var (block, index) = (0, 0)

        fileprivate init(_ blocks: [[Mark]]) { self.blocks = blocks }

        mutating func next() -> Mark? {
            while block < blocks.count {
                if index < blocks[block].count {
                    index += 1
                    return blocks[block][index - 1]
                }
                (block, index) = (block + 1, 0)
            }
            return nil
        }
    }

    func makeIterator() -> Iterator { Iterator(blocks + [open]) }
}
