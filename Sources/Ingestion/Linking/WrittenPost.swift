/// A post as somebody wrote it: its text, and the titles that it comes down to.
struct WrittenPost: Hashable, Sendable {
    /// Without blanks.
    let plain: String
    /// The titles by their place in the list: 党组书记、局长 is a 书记 and a 局长.
    let types: [Int]

    /// Without brackets, at its joints: 党组书记 and 局长.
    let parts: [String]

    /// Whether one is said in fewer words than the other: 局长 or 书记 for 党组书记、局长.
    func isShortened(from other: WrittenPost) -> Bool {
        parts.contains { mine in other.parts.contains { $0.hasSuffix(mine) || mine.hasSuffix($0) } }
    }

    /// Whether the two hold a title in common.
    func isOfType(of other: WrittenPost) -> Bool { types.contains { other.types.contains($0) } }
}

/// Finds the titles in posts.
struct PostReader: Sendable {
    private let titles: [(place: Int, text: [Character])]
    private static let joints: Set<Character> = ["、", ",", "/", "兼", ";"]

    init(titles: [String]) {
        self.titles = titles.enumerated().map { ($0.offset, Array($0.element)) }.sorted { $0.text.count > $1.text.count }
    }

    func read(_ text: String) -> WrittenPost {
        let plain = text.filter { !$0.isWhitespace }
        var types: [Int] = []
        var depth = 0
        // What is in brackets says which part of the work, not which post: 副局长(分工1), 镇(乡)长.
        let outer = plain.filter { character in
            if character == "(" { depth += 1 }
            defer { if character == ")" { depth -= 1 } }
            return depth <= 0 && character != ")"
        }
        let parts = outer.split(whereSeparator: { PostReader.joints.contains($0) })
        for part in parts {
            let characters = Array(part)
            let title = titles.first { characters.count >= $0.text.count && characters.suffix($0.text.count).elementsEqual($0.text) }
            if let title, !types.contains(title.place) { types.append(title.place) }
        }
        return WrittenPost(plain: plain, types: types, parts: parts.map(String.init))
    }
}
