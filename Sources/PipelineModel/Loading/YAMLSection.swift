/// A section with known keys. Making one reports what is wrong with its keys and their types; asking it afterwards gives typed values, or `nil` where there is none.
struct YAMLSection<Key: SectionKey> {
    let place: YAMLPlace
    let problems: ConfigurationProblems
    private var values: [Key: YAMLNode]
    /// Keys that stand in the section, also with a value that does not fit.
    private var written: Set<Key>
    /// Keys written without a value, which in a later version of a contract take an inherited value back.
    private var emptied: Set<Key>

    /// Checks a section.
    ///
    /// - Parameters:
    ///   - allowed: Keys that may stand here; all where not given.
    ///   - required: Keys that must stand here; those declared so where not given.
    ///   - emptying: Whether a key without a value means something here.
    init(_ node: YAMLNode, _ problems: ConfigurationProblems, allowed: [Key] = Key.allCases, required: [Key]? = nil, emptying: Bool = false) {
        self.place = node.place
        self.problems = problems
        self.values = [:]
        self.emptied = []
        self.written = []
        guard node.isSection else {
            _ = KeyType.section.checked(node, problems)
            return
        }
        for entry in node.entries {
            guard let key = Key(rawValue: entry.key), allowed.contains(key) else {
                problems.report(
                    .unknownKey, at: entry.place, value: entry.key, "there is no key `\(entry.key)` here",
                    hint: NearestName.hint(for: entry.key, among: allowed.map(\.rawValue)))
                continue
            }
            written.insert(key)
            if emptying, entry.value.isNull {
                emptied.insert(key)
            } else {
                values[key] = key.declaration.type.checked(entry.value, problems)
            }
        }
        for key in required ?? allowed.filter(\.declaration.required) where !written.contains(key) {
            problems.report(
                .missingKey, at: node.place, value: key.rawValue, "the key `\(key.rawValue)` is missing", hint: "it says: \(key.declaration.meaning)")
        }
    }

    /// The section with what it does not say taken from another.
    func inheriting(_ base: YAMLSection) -> YAMLSection {
        var result = self
        for (key, value) in base.values where values[key] == nil && !emptied.contains(key) { result.values[key] = value }
        return result
    }

    /// Whether the key stands in the section, whatever its value.
    func isWritten(_ key: Key) -> Bool { written.contains(key) }

    /// Whether the key has a value that fits its type.
    func has(_ key: Key) -> Bool { values[key] != nil }

    /// Where the key's value stands; the section's place where it has none.
    func place(_ key: Key) -> YAMLPlace { values[key]?.place ?? place.named(place.path(of: key.rawValue)) }

    func node(_ key: Key) -> YAMLNode? { values[key] }
    func items(_ key: Key) -> [YAMLNode] { values[key]?.items ?? [] }
    func entries(_ key: Key) -> [YAMLEntry] { values[key]?.entries ?? [] }
    func text(_ key: Key) -> String? { values[key]?.scalar }
    func texts(_ key: Key) -> [String] { items(key).compactMap(\.scalar) }
    func integer(_ key: Key) -> Int? { text(key).flatMap(Int.init) }
    func number(_ key: Key) -> Double? { text(key).flatMap(Double.init) }
    func flag(_ key: Key) -> Bool? { text(key).map { $0 == "true" } }
    func day(_ key: Key) -> CalendarDate? { text(key).flatMap { CalendarDate(iso: $0) } }
    func choice<Choice: RawRepresentable>(_ key: Key, _ type: Choice.Type) -> Choice? where Choice.RawValue == String { text(key).flatMap(Choice.init) }
    func choices<Choice: RawRepresentable>(_ key: Key, _ type: Choice.Type) -> [Choice]? where Choice.RawValue == String {
        values[key].map { $0.items.compactMap(\.scalar).compactMap(Choice.init) }
    }

    func section<Child: SectionKey>(_ key: Key, _ type: Child.Type) -> YAMLSection<Child>? { values[key].map { YAMLSection<Child>($0, problems) } }
    func sections<Child: SectionKey>(_ key: Key, _ type: Child.Type) -> [YAMLSection<Child>] { items(key).map { YAMLSection<Child>($0, problems) } }

    /// A label in both languages; empty where it is missing, which is reported.
    func label(_ key: Key) -> BilingualText {
        guard let section = section(key, LabelKey.self) else { return BilingualText(chinese: "", english: "") }
        return BilingualText(chinese: section.text(.zh) ?? "", english: section.text(.en) ?? "")
    }
}
