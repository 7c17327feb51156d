import Yams

/// A configuration file as a tree. What keeps YAML from being read is reported, mended in memory and read again, so that the rest of the file is checked in the same run.
struct YAMLDocument {
    /// `nil` where the file could not be read as YAML at all.
    let root: YAMLNode?

    /// Reads a file's text.
    ///
    /// - Parameter file: The file's path as findings show it.
    init(text: String, file: String, problems: ConfigurationProblems) {
        let source = YAMLSource(text)
        let tabs = source.tabsInIndentation
        for tab in tabs {
            problems.report(
                .tabInIndentation, at: YAMLPlace(file: file, line: tab.line, column: tab.column, path: ""),
                "the line is indented with a tab, which YAML does not allow", hint: "indent with spaces, two for each level")
        }
        var parser = YAMLRepairingParser(source: source, file: file, problems: problems)
        guard !tabs.isEmpty else {
            self.root = parser.parse()
            return
        }
        // How many columns the writer's editor gave a tab is not known: the first width that makes the lines fit together is taken.
        for width in [2, 4, 8, 1] {
            let attempt = ConfigurationProblems()
            var parser = YAMLRepairingParser(source: source.replacingTabs(by: width), file: file, problems: attempt)
            if let root = parser.parse() {
                problems.add(attempt.sorted)
                self.root = root
                return
            }
        }
        // What else is wrong with the file cannot be told from what the tabs did to it.
        self.root = nil
    }
}

/// Parses a text, again and again as long as all that is wrong is a key that stands twice.
private struct YAMLRepairingParser {
    var source: YAMLSource
    let file: String
    let problems: ConfigurationProblems
    /// First characters of the keys that were renamed, by line and column.
    private var renamed: [YAMLPosition: Unicode.Scalar] = [:]
    /// Values of the tree so far. Aliases of aliases can make a small file's tree larger than the machine.
    private var count = 0
    private static let largestCount = 200_000

    init(source: YAMLSource, file: String, problems: ConfigurationProblems) {
        self.source = source
        self.file = file
        self.problems = problems
    }

    mutating func parse() -> YAMLNode? {
        while true {
            do {
                // Scalars are not resolved: `on` and `no` stay words.
                let root = try Parser(yaml: source.text, resolver: .basic, encoding: .utf8).singleRoot()
                guard let root else {
                    problems.report(.invalidYAML, at: place(1, 1), "the file is empty", hint: "write the keys it must have: docs/configuration.md")
                    return nil
                }
                let tree = convert(root, path: "")
                guard count <= YAMLRepairingParser.largestCount else {
                    problems.report(
                        .invalidYAML, at: place(1, 1), "the file has more than \(YAMLRepairingParser.largestCount) values",
                        hint: "write values out instead of aliases")
                    return nil
                }
                return tree
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                guard rename(keyAt: context.mark) else {
                    problems.report(
                        .duplicateKey, at: place(context.mark.line, context.mark.column), "the key \(keys.joined(separator: ", ")) stands twice in its section",
                        hint: "keep one of them; the rest of the file is checked when this is mended")
                    return nil
                }
            } catch {
                reportSyntax(error)
                return nil
            }
        }
    }

    /// Replaces the first character of a key by one that no key has, so that its twin further down stands alone. Columns stay what they are.
    private mutating func rename(keyAt mark: Mark) -> Bool {
        guard var index = source.index(line: mark.line, column: mark.column), renamed.count < 6000 else { return false }
        if source.scalars[index] == "\"" || source.scalars[index] == "'" { index += 1 }
        guard index < source.scalars.count, !"&*!?[]{}\"'\\".unicodeScalars.contains(source.scalars[index]),
            let substitute = Unicode.Scalar(0xE000 + UInt32(renamed.count))
        else { return false }
        renamed[YAMLPosition(line: mark.line, column: mark.column)] = source.scalars[index]
        source.replace(at: index, by: substitute)
        return true
    }

    private func place(_ line: Int, _ column: Int, path: String = "") -> YAMLPlace {
        YAMLPlace(file: file, line: line, column: source.columnInFile(line: line, column: column), path: path)
    }

    private func place(_ mark: Mark?, path: String) -> YAMLPlace { place(mark?.line ?? 1, mark?.column ?? 1, path: path) }

    private mutating func convert(_ node: Node, path: String) -> YAMLNode {
        let place = place(node.mark, path: path)
        count += 1
        guard count <= YAMLRepairingParser.largestCount else { return YAMLNode(content: .scalar("", quoted: false), place: place) }
        switch node {
        case .scalar(let scalar):
            return YAMLNode(content: .scalar(scalar.string, quoted: scalar.style != .plain), place: place)
        case .sequence(let sequence):
            var items: [YAMLNode] = []
            for (index, item) in sequence.enumerated() { items.append(convert(item, path: place.path(ofItem: index))) }
            return YAMLNode(content: .list(items), place: place)
        case .mapping(let mapping):
            return YAMLNode(content: .mapping(entries(of: mapping, in: place)), place: place)
        case .alias:
            // The parser puts the anchored value in the place of its alias.
            return YAMLNode(content: .scalar("", quoted: false), place: place)
        }
    }

    private mutating func entries(of mapping: Node.Mapping, in section: YAMLPlace) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        for (keyNode, valueNode) in mapping {
            guard let key = name(of: keyNode) else {
                problems.report(.wrongType, at: place(keyNode.mark, path: section.path), "a key must be one word", hint: "write `key: value`")
                continue
            }
            let keyPlace = place(keyNode.mark, path: section.path(of: key))
            if let first = entries.first(where: { $0.key == key }) {
                problems.report(
                    .duplicateKey, at: keyPlace, value: key, "the key `\(key)` stands twice in its section: first in line \(first.place.line)",
                    hint: "keep one of them")
                continue
            }
            entries.append(YAMLEntry(key: key, place: keyPlace, value: convert(valueNode, path: keyPlace.path)))
        }
        return entries
    }

    private func name(of key: Node) -> String? {
        guard case .scalar(let scalar) = key else { return nil }
        guard let mark = scalar.mark, let first = renamed[YAMLPosition(line: mark.line, column: mark.column)] else { return scalar.string }
        return String(first) + String(scalar.string.unicodeScalars.dropFirst())
    }

    private func reportSyntax(_ error: any Error) {
        let hint = "look at the indentation, quotes and brackets of this line and the one before; the rest of the file is checked when this is mended"
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _), YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let about = context.map { " (\($0.text), which starts in line \($0.mark.line))" } ?? ""
            problems.report(.invalidYAML, at: place(mark.line, mark.column), "not readable as YAML: \(problem)\(about)", hint: hint)
        case YamlError.reader(let problem, _, _, _):
            let position = source.position(of: source.scalars.firstIndex { !YAMLRepairingParser.isAllowed($0) } ?? 0)
            problems.report(
                .invalidYAML, at: place(position.line, position.column), "not readable as YAML: \(problem)", hint: "remove the character that cannot be seen")
        default:
            problems.report(.invalidYAML, at: place(1, 1), "not readable as YAML: \(error)", hint: hint)
        }
    }

    /// The characters of YAML 1.1, section 5.1.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: scalar != "\u{FEFF}"
        default: false
        }
    }
}

private struct YAMLPosition: Hashable {
    let line: Int
    let column: Int
}
