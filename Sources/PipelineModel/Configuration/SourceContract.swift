/// What an export promises: where it lies, how it is written, which columns it has and what they mean. One file of `pipelines/sources/`.
public struct SourceContract: Hashable, Sendable {
    /// The contract's name, unique in a pipeline: the file's `source:`.
    public var name: String
    /// What the export is about; the name where `role:` is not given.
    public var role: SourceRole
    /// Path of the YAML file, relative to the pipeline's folder, for messages.
    public var configurationFile: String
    /// First as-of date that this version applies to; `nil` for the first version.
    public var from: CalendarDate?
    /// Glob for the export's files in the input folder: `petitions_*.csv`, `*/ranks.csv`. `{asOf}` stands for the as-of date, for systems that
    /// export into a folder per night: `{asOf}/roster.csv`.
    public var pattern: String
    /// Whether the run is refused (exit 66) when no file matches.
    public var required: Bool
    public var encoding: TextEncodingName
    /// One ASCII character.
    public var delimiter: UInt8
    /// Whether rows are stored, or folded into monthly facts while they are read.
    public var keep: Keep
    /// Fields that name a row; empty: rows have no key, and only the whole row repeated is not noticed.
    public var key: [String]
    public var columns: [ColumnMapping]
    /// How a row names whom it is about, in order: the first form whose fields are all written is used.
    public var targets: [TargetForm]
    /// Columns that are never stored: not in the warehouse, a reject, a finding or a log.
    public var privateColumns: [String]
    /// Columns known and not needed: no warning.
    public var ignoredColumns: [String]
    /// Rows that the pipeline is about; others are out of scope and counted as such.
    public var scope: Condition?
    /// Field that says when the row became known; rows known after the as-of date are out of scope.
    public var known: String?
    public var measures: [Measure]
    /// Field whose newest day must lie at most so many days before the as-of date.
    public var freshness: Freshness?
    public var volume: VolumeBounds
    /// Share of rows that may be rejected before the run ends with exit status 1.
    public var rejectLimit: Double

    /// What is stored of a source.
    public enum Keep: String, CaseIterable, Sendable { case rows, facts }

    /// A contract with defaults in everything that may be left out.
    public init(name: String, role: SourceRole, configurationFile: String = "", pattern: String, columns: [ColumnMapping] = []) {
        self.name = name
        self.role = role
        self.configurationFile = configurationFile
        self.pattern = pattern
        self.required = false
        self.encoding = .auto
        self.delimiter = UInt8(ascii: ",")
        self.keep = .rows
        self.key = []
        self.columns = columns
        self.targets = []
        self.privateColumns = []
        self.ignoredColumns = []
        self.measures = []
        self.volume = VolumeBounds()
        self.rejectLimit = 0.01
    }
}

/// The encodings a contract may name.
public enum TextEncodingName: String, CaseIterable, Sendable {
    /// UTF-8 without a mark; a mark is stripped with a note.
    case utf8 = "utf-8"
    /// UTF-8 with a byte-order mark.
    case utf8WithMark = "utf-8-bom"
    case gb18030
    /// One of the others: UTF-8 if every byte fits it, else GB18030.
    case auto
}

/// One column of an export, or a constant, mapped to a field.
public struct ColumnMapping: Hashable, Sendable {
    /// The role's field.
    public var field: String
    /// The column's name in the export; `nil` for a constant.
    public var column: String?
    /// Earlier or other names of the column.
    public var aliases: [String]
    /// The same value for every row, instead of a column.
    public var constant: String?
    /// Whether a row without a value is rejected.
    public var required: Bool
    /// Whether the column itself may be missing from the export.
    public var optional: Bool
    /// Spellings in the export and our codes. A category's own words are known without being listed.
    public var values: [String: String]
    /// Further shapes of dates, beyond those that can be read only one way.
    public var dates: [DateShape]
    /// Smallest and largest number, or day, that can be right.
    public var minimum: Double?
    public var maximum: Double?

    /// A mapping of a column with the same name rules for every row.
    public init(field: String, column: String?, constant: String? = nil, required: Bool = false) {
        self.field = field
        self.column = column
        self.aliases = []
        self.constant = constant
        self.required = required
        self.optional = false
        self.values = [:]
        self.dates = []
    }
}

/// Shapes of dates that need a contract's word, because they could be read another way.
public enum DateShape: String, CaseIterable, Sendable {
    case monthDayYear = "M/D/YYYY"
    case dayMonthYear = "D/M/YYYY"
}

/// One way in which a row names whom it is about, by fields of its role.
public enum TargetForm: String, CaseIterable, Sendable {
    case cadre
    case unitAndPost = "unit_post"
    case unitAndName = "unit_name"
    /// In words, as people write: who it is is weighed, not looked up.
    case words

    /// The fields that it is made of, in the order in which they are joined.
    public var fields: [String] {
        switch self {
        case .cadre: ["cadre_id"]
        case .unitAndPost: ["unit", "post"]
        case .unitAndName: ["unit", "name"]
        case .words: ["unit", "post", "name"]
        }
    }

    /// Whether a row names somebody so: all fields are written; in words, a name, or a unit and a post.
    ///
    /// - Parameter has: Whether a field is written.
    public func isWritten(_ has: (String) -> Bool) -> Bool {
        self == .words ? has("name") || (has("unit") && has("post")) : fields.allSatisfy(has)
    }
}

/// A count or a sum per cadre and month.
public struct Measure: Hashable, Sendable {
    /// `tasks.overdue`: the role, a dot, the key in the contract.
    public var name: String
    /// Field whose month the row counts in: when it became known.
    public var month: String
    /// Field whose day decides who held the post: when it happened. The month's field where not given.
    public var on: String
    /// Which rows count; all where `nil`.
    public var condition: Condition?
    /// Decimal or integer field whose values and squares are summed; `nil`: rows are counted.
    public var value: String?
    /// Whether a counted row speaks against somebody: then its place in the export is kept as evidence.
    public var adverse: Bool
    /// Text field that names who gave the value: then sums are kept per rater too, so that severity can be taken out of them.
    public var rater: String?

    public init(
        name: String, month: String, on: String? = nil, condition: Condition? = nil, value: String? = nil, adverse: Bool = false, rater: String? = nil
    ) {
        self.name = name
        self.month = month
        self.on = on ?? month
        self.condition = condition
        self.value = value
        self.adverse = adverse
        self.rater = rater
    }
}

/// How old an export may be.
public struct Freshness: Hashable, Sendable {
    public var field: String
    public var days: Int

    public init(field: String, days: Int) {
        self.field = field
        self.days = days
    }
}

/// How many rows an export may have; outside, the night is refused.
public struct VolumeBounds: Hashable, Sendable {
    public var minimumRows: Int
    /// Of last night's rows read; `nil`: not checked.
    public var minimumShare: Double?
    public var maximumShare: Double?

    public init(minimumRows: Int = 0, minimumShare: Double? = nil, maximumShare: Double? = nil) {
        self.minimumRows = minimumRows
        self.minimumShare = minimumShare
        self.maximumShare = maximumShare
    }
}
