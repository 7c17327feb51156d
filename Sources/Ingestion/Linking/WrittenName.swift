/// A name as somebody wrote it, taken apart: 张伟, 张 伟, 张伟局长, 张局长, 张某.
struct WrittenName: Hashable, Sendable {
    /// As written.
    let raw: String
    /// The whole name without blanks, dots and title; `nil` where only a surname, or none, was written.
    let plain: String?
    /// The surname, where nothing else of the name was written.
    let surname: String?
    /// The title that stood behind it.
    let title: String?
}

/// Takes names apart.
struct NameReader: Sendable {
    /// Longest first, so that 副局长 is not read as 局长.
    private let titles: [[Character]]
    private static let courtesies = ["同志", "先生", "女士"].map(Array.init)
    /// What stands in a name for what must not be read: 张某某, 张××.
    private static let masks: Set<Character> = ["某", "×", "x", "X", "*", "○"]
    private static let dots: Set<Character> = ["·", "•", "・", ".", "‧"]
    /// Surnames of two characters (复姓), those that are still borne by many.
    private static let doubleSurnames: Set<String> = [
        "欧阳", "诸葛", "上官", "司马", "东方", "夏侯", "尉迟", "皇甫", "令狐", "慕容", "司徒", "端木", "公孙", "轩辕", "长孙", "宇文", "澹台", "南宫", "独孤", "申屠",
    ]

    init(titles: [String]) {
        self.titles = titles.map(Array.init).sorted { $0.count > $1.count }
    }

    /// - Parameter raw: Trimmed; full-width letters and signs have become ASCII.
    func read(_ raw: String) -> WrittenName {
        var rest = NameReader.bare(raw)
        NameReader.strip(NameReader.courtesies, from: &rest)
        // 张伟(局长)
        var title: String?
        if rest.last == ")", let open = rest.lastIndex(of: "(") {
            title = String(rest[(open + 1)...].dropLast())
            rest.removeSubrange(open...)
        }
        if title == nil { title = NameReader.strip(titles, from: &rest) }
        let length = rest.count
        while let last = rest.last, NameReader.masks.contains(last) { rest.removeLast() }
        if rest.isEmpty { return WrittenName(raw: raw, plain: nil, surname: nil, title: title) }
        let isSurname = rest.count == 1 || (rest.count == 2 && NameReader.doubleSurnames.contains(String(rest)))
        if isSurname { return WrittenName(raw: raw, plain: nil, surname: String(rest), title: title) }
        // 张伟某 is nobody's name: what is masked is not known, and the rest is no whole name.
        if rest.count < length { return WrittenName(raw: raw, plain: nil, surname: NameReader.surname(of: String(rest)), title: title) }
        return WrittenName(raw: raw, plain: String(rest), surname: nil, title: title)
    }

    /// A roster's name without blanks and dots.
    static func plain(_ raw: String) -> String { String(bare(raw)) }

    /// The surname of a whole name: two characters where they are a double surname and something follows, else one.
    static func surname(of plain: String) -> String {
        let two = String(plain.prefix(2))
        return plain.count > 2 && doubleSurnames.contains(two) ? two : String(plain.prefix(1))
    }

    private static func bare(_ raw: String) -> [Character] { raw.filter { !$0.isWhitespace && !dots.contains($0) }.map { $0 } }

    /// Takes the first ending that fits away and gives it back.
    @discardableResult
    private static func strip(_ endings: [[Character]], from text: inout [Character]) -> String? {
        for ending in endings where text.count >= ending.count && text.suffix(ending.count).elementsEqual(ending) {
            text.removeLast(ending.count)
            return String(ending)
        }
        return nil
    }
}
