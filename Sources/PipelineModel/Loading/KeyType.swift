/// What a key's value must look like.
enum KeyType: Sendable {
    /// Any one value, as text.
    case text
    /// A whole number.
    case wholeNumber(ClosedRange<Int>)
    /// A number.
    case number(ClosedRange<Double>)
    /// `true` or `false`.
    case flag
    /// A day, `2025-11-03`.
    case day
    /// One of these words.
    case choice([String])
    /// A list of texts.
    case texts
    /// A list of these words.
    case choices([String])
    /// A section with keys of its own.
    case section
    /// A list of sections.
    case sections
    /// A section whose keys are free, and whose values are texts.
    case names
    /// A section whose keys are free, and whose values are checked by whoever asks.
    case entries
    /// Anything: checked by whoever asks.
    case any

    /// The type in a few words, for the documents and for messages.
    var name: String {
        switch self {
        case .text: "text"
        case .wholeNumber: "whole number"
        case .number: "number"
        case .flag: "true or false"
        case .day: "day (2025-11-03)"
        case .choice: "word"
        case .texts: "list of texts"
        case .choices: "list of words"
        case .section: "section"
        case .sections: "list of sections"
        case .names, .entries: "section with names of your own"
        case .any: "value"
        }
    }

    /// The value without what does not fit the type, which is reported; `nil` where nothing fits.
    func checked(_ node: YAMLNode, _ problems: ConfigurationProblems) -> YAMLNode? {
        switch self {
        case .any: return node
        case .section: return node.isSection ? node : mismatch(node, problems)
        case .entries: return node.isSection ? node : mismatch(node, problems)
        case .names:
            guard node.isSection else { return mismatch(node, problems) }
            let entries = node.entries.filter { KeyType.text.checked($0.value, problems) != nil }
            return YAMLNode(content: .mapping(entries), place: node.place)
        case .texts: return checkedItems(node, KeyType.text, problems)
        case .choices(let known): return checkedItems(node, KeyType.choice(known), problems)
        case .sections: return checkedItems(node, KeyType.section, problems)
        case .text, .wholeNumber, .number, .flag, .day, .choice:
            guard let text = node.scalar else { return mismatch(node, problems) }
            return checkedScalar(node, text, problems) ? node : nil
        }
    }

    private func checkedItems(_ node: YAMLNode, _ type: KeyType, _ problems: ConfigurationProblems) -> YAMLNode? {
        guard case .list(let items) = node.content else { return mismatch(node, problems) }
        return YAMLNode(content: .list(items.compactMap { type.checked($0, problems) }), place: node.place)
    }

    private func checkedScalar(_ node: YAMLNode, _ text: String, _ problems: ConfigurationProblems) -> Bool {
        switch self {
        case .wholeNumber(let range):
            guard let number = Int(text) else { return refuse(node, text, problems) }
            return within(number, range, node, text, problems)
        case .number(let range):
            guard let number = Double(text), number.isFinite else { return refuse(node, text, problems) }
            return within(number, range, node, text, problems)
        case .flag: return text == "true" || text == "false" ? true : refuse(node, text, problems)
        case .day:
            guard CalendarDate(iso: text) == nil else { return true }
            problems.report(.invalidDate, at: node.place, value: text, "\(text) is not a day of the calendar", hint: "write it as 2025-11-03")
            return false
        case .choice(let known):
            guard !known.contains(text) else { return true }
            problems.report(
                .unknownValue, at: node.place, value: text, "\(text) is not one of \(known.joined(separator: ", "))",
                hint: NearestName.of(text, among: known).map { "did you mean `\($0)`?" })
            return false
        default:
            if !text.isEmpty { return true }
            problems.report(.wrongType, at: node.place, "the text is empty", hint: "write it, or remove the key")
            return false
        }
    }

    private func within<N: Comparable>(_ number: N, _ range: ClosedRange<N>, _ node: YAMLNode, _ text: String, _ problems: ConfigurationProblems) -> Bool {
        if range.contains(number) { return true }
        problems.report(.outOfRange, at: node.place, value: text, "\(text) is not between \(range.lowerBound) and \(range.upperBound)")
        return false
    }

    private func refuse(_ node: YAMLNode, _ text: String, _ problems: ConfigurationProblems) -> Bool {
        problems.report(.wrongType, at: node.place, value: text, "\(text) is not a \(name)".replacingTrueOrFalse, hint: hint)
        return false
    }

    private func mismatch(_ node: YAMLNode, _ problems: ConfigurationProblems) -> YAMLNode? {
        problems.report(.wrongType, at: node.place, "here stands \(node.kind), but it must be a \(name)".replacingTrueOrFalse, hint: hint)
        return nil
    }

    private var hint: String? {
        switch self {
        case .texts, .choices: "write a list: [first, second]"
        case .section, .names, .entries: "write keys below it, indented, or {key: value}"
        case .sections: "write each item on a line of its own: - {key: value}"
        case .flag: "write true or false"
        default: nil
        }
    }
}

extension String {
    /// `a true or false` is not English.
    fileprivate var replacingTrueOrFalse: String {
        hasSuffix("a true or false") ? String(dropLast("a true or false".count)) + "true or false" : self
    }
}

extension YAMLNode {
    var isSection: Bool {
        if case .mapping = content { return true }
        return false
    }
}
