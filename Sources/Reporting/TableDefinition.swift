/// What a table of the output is: its name, its meaning and its columns. `output/README.md` says the same in prose, and a test holds them together.
public struct TableDefinition: Hashable, Sendable {
    /// One column of a table.
    public struct Column: Hashable, Sendable {
        /// As in the header: `flag_id`.
        public let name: String
        /// One line for the data dictionary.
        public let meaning: String
    }

    /// The file's name without `.csv`.
    public let name: String
    /// What a row is, in one line.
    public let meaning: String
    /// In the order of the header.
    public let columns: [Column]
    /// Whether its rows are about single people, or count few enough to tell who; such a file is private to the organisation department (guard rail 9).
    public let isListOfNames: Bool

    /// The header row.
    public var header: [String] { columns.map(\.name) }
}

/// A file that a night has written.
public struct OutputFile: Hashable, Sendable {
    /// `flagged_cadres.csv`; with its folder where it has one: `units/330302000/summary.csv`.
    public let name: String
    /// Length in bytes.
    public let bytes: Int
    /// Rows after the header.
    public let rows: Int
    /// In hexadecimal.
    public let sha256: String
}

/// The version of this software, as the manifest and `--version` show it.
public enum SoftwareVersion {
    /// Changes with every release that can change an output.
    public static let current = "0.1.0"
}
