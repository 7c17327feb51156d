/// A place in a configuration file: where a value stands, and its path of keys from the file's root.
struct YAMLPlace: Hashable, Sendable {
    /// Relative to the pipeline's folder.
    let file: String
    /// Counts from 1.
    let line: Int
    /// Counts from 1, in characters.
    let column: Int
    /// `columns[3].field`; items of lists count from 1; empty for the root.
    let path: String

    /// The same place under another path.
    func named(_ path: String) -> YAMLPlace { YAMLPlace(file: file, line: line, column: column, path: path) }

    /// The path of a key below this one.
    func path(of key: String) -> String { path.isEmpty ? key : path + "." + key }

    /// The path of a list's item; `index` counts from 0.
    func path(ofItem index: Int) -> String { path + "[\(index + 1)]" }

    /// The place as findings show it.
    var location: Finding.Location { Finding.Location(file: file, line: line, column: column, field: path.isEmpty ? nil : path) }
}

/// One value of a YAML file with its place. Scalars stay as written: what they mean is the asker's business, so `on` is a key and not a truth value.
struct YAMLNode: Sendable {
    /// What the value is.
    enum Content: Sendable {
        case scalar(String, quoted: Bool)
        case list([YAMLNode])
        case mapping([YAMLEntry])
    }

    let content: Content
    let place: YAMLPlace

    /// Whether nothing was written, or `~`, or `null`.
    var isNull: Bool {
        if case .scalar(let text, quoted: false) = content { return ["", "~", "null"].contains(text) }
        return false
    }

    /// A scalar's text; `nil` for lists, sections and nothing.
    var scalar: String? {
        if case .scalar(let text, _) = content, !isNull { return text }
        return nil
    }

    /// The items of a list; empty for anything else.
    var items: [YAMLNode] {
        if case .list(let items) = content { return items }
        return []
    }

    /// The entries of a section; empty for anything else.
    var entries: [YAMLEntry] {
        if case .mapping(let entries) = content { return entries }
        return []
    }

    /// What the value is, for messages.
    var kind: String {
        switch content {
        case .scalar: isNull ? "nothing" : "one value"
        case .list: "a list"
        case .mapping: "a section with keys"
        }
    }
}

/// One key of a section and its value.
struct YAMLEntry: Sendable {
    let key: String
    /// Where the key stands; its path is the key's.
    let place: YAMLPlace
    let value: YAMLNode
}
