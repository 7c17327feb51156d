/// How the systems of a world write their exports, where they all write alike; by default each has its own encoding, date shapes and quoting.
public struct ExportHabits: Hashable, Sendable {
    /// Of every export; `nil`: each system's own.
    public var encoding: ExportEncoding?
    /// Whether every day is written as in 2025-11-03; else each system has its own shape, and some have several.
    public var hasPlainDates: Bool
    /// Whether every cell that is not blank is quoted; else only those that must be.
    public var quotesEveryCell: Bool

    /// Each system's own, unless it says otherwise.
    public init(encoding: ExportEncoding? = nil, hasPlainDates: Bool = false, quotesEveryCell: Bool = false) {
        self.encoding = encoding
        self.hasPlainDates = hasPlainDates
        self.quotesEveryCell = quotesEveryCell
    }

    /// The layout of one export under these habits.
    func applied(to layout: ExportLayout) -> ExportLayout {
        var layout = layout
        layout.encoding = encoding ?? layout.encoding
        if hasPlainDates { layout.dates = .iso }
        layout.quotesEveryCell = quotesEveryCell
        return layout
    }
}

/// How an export is encoded, by the word that contracts use.
public enum ExportEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case utf8WithMark = "utf-8-bom"
    case gb18030
}
