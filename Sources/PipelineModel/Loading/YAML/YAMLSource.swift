/// The text of a YAML file by characters, lines and columns as the parser counts them.
struct YAMLSource {
    private(set) var scalars: [Unicode.Scalar]
    private var lineStarts: [Int]
    /// Of each line, the characters that were put in beyond those of the file.
    private var shifts: [Int]

    init(_ text: String) {
        var scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        self.init(scalars: scalars)
    }

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        var starts = [0]
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\r": if index + 1 == scalars.count || scalars[index + 1] != "\n" { starts.append(index + 1) }
            // YAML 1.1 breaks lines at these too.
            case "\n", "\u{85}", "\u{2028}", "\u{2029}": starts.append(index + 1)
            default: break
            }
        }
        self.lineStarts = starts
        self.shifts = Array(repeating: 0, count: starts.count)
    }

    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The place of a character among all; `nil` outside the text. Both count from 1.
    func index(line: Int, column: Int) -> Int? {
        guard line >= 1, line <= lineStarts.count, column >= 1 else { return nil }
        let index = lineStarts[line - 1] + column - 1
        return index < scalars.count ? index : nil
    }

    /// Line and column, from 1, of a character.
    func position(of index: Int) -> (line: Int, column: Int) {
        let line = (lineStarts.lastIndex { $0 <= index } ?? 0) + 1
        return (line, index - lineStarts[line - 1] + 1)
    }

    /// The column in the file of a column in this text, in which tabs may have become spaces.
    func columnInFile(line: Int, column: Int) -> Int {
        guard line >= 1, line <= shifts.count else { return column }
        return max(1, column - shifts[line - 1])
    }

    mutating func replace(at index: Int, by scalar: Unicode.Scalar) { scalars[index] = scalar }

    /// Tabs in the white space before a line's first character: line and column of the first on each line, from 1. Blank lines and comments do not count.
    var tabsInIndentation: [(line: Int, column: Int)] {
        lineStarts.indices.compactMap { line in
            let indentation = self.indentation(ofLine: line)
            guard let tab = indentation.firstIndex(of: "\t"), let next = scalar(at: indentation.endIndex), next != "\n", next != "\r", next != "#"
            else { return nil }
            return (line + 1, tab - indentation.startIndex + 1)
        }
    }

    /// The text with every tab of an indentation replaced by `width` spaces.
    func replacingTabs(by width: Int) -> YAMLSource {
        var result: [Unicode.Scalar] = []
        var counts: [Int] = []
        for line in lineStarts.indices {
            let end = line + 1 < lineStarts.count ? lineStarts[line + 1] : scalars.count
            let indentation = self.indentation(ofLine: line)
            counts.append(indentation.count { $0 == "\t" } * (width - 1))
            for scalar in indentation { result.append(contentsOf: scalar == "\t" ? Array(repeating: " ", count: width) : [scalar]) }
            result.append(contentsOf: scalars[indentation.endIndex..<end])
        }
        var source = YAMLSource(scalars: result)
        source.shifts = counts
        return source
    }

    private func scalar(at index: Int) -> Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private func indentation(ofLine line: Int) -> ArraySlice<Unicode.Scalar> {
        var end = lineStarts[line]
        while let next = scalar(at: end), next == " " || next == "\t" { end += 1 }
        return scalars[lineStarts[line]..<end]
    }
}
