/// Keys of a source contract and of its later versions.
enum ContractKey: String, SectionKey {
    case source, role, from, pattern, required, encoding, delimiter, keep, key, columns, targets
    case `private`, ignored, scope, known, measures, freshness, volume, rejectLimit, versions

    static let heading = "Source contracts"

    /// What may stand at the top of a contract's file.
    static let ofFirstVersion = allCases.filter { $0 != .from }
    /// What may stand in an entry of `versions:`.
    static let ofLaterVersions = allCases.filter { ![.source, .role, .versions].contains($0) }

    var declaration: KeyDeclaration {
        switch self {
        case .source: KeyDeclaration(.text, required: true, "the contract's name, unique in the pipeline")
        case .role: KeyDeclaration(.choice(SourceRole.allCases.map(\.rawValue)), "what the export is about")
        case .from: KeyDeclaration(.day, "first as-of date that the version applies to")
        case .pattern: KeyDeclaration(.text, required: true, "the export's files in the input folder")
        case .required: KeyDeclaration(.flag, "whether a night without such a file is refused")
        case .encoding: KeyDeclaration(.choice(TextEncodingName.allCases.map(\.rawValue)), "how the text is encoded")
        case .delimiter: KeyDeclaration(.text, "what stands between fields: one ASCII character")
        case .keep: KeyDeclaration(.choice(SourceContract.Keep.allCases.map(\.rawValue)), "whether rows are stored or folded into monthly facts")
        case .key: KeyDeclaration(.texts, "fields that name a row")
        case .columns: KeyDeclaration(.sections, required: true, "columns of the export and the fields they go to")
        case .targets: KeyDeclaration(.choices(TargetForm.allCases.map(\.rawValue)), "how a row names whom it is about, in order of trust")
        case .private: KeyDeclaration(.texts, "columns that are never stored, shown or logged")
        case .ignored: KeyDeclaration(.texts, "columns that are known and not needed")
        case .scope: KeyDeclaration(.section, "condition: rows that the pipeline is about")
        case .known: KeyDeclaration(.text, "field that says when the row became known")
        case .measures: KeyDeclaration(.entries, "counts and sums per cadre and month, by name")
        case .freshness: KeyDeclaration(.section, "how old the newest row may be")
        case .volume: KeyDeclaration(.section, "how many rows the export may have")
        case .rejectLimit: KeyDeclaration(.number(0...1), "share of rows that may be rejected")
        case .versions: KeyDeclaration(.sections, "later versions, by the date from which they apply")
        }
    }
}

/// Keys of one entry of `columns:`.
enum ColumnKey: String, SectionKey {
    case column, aliases, field, constant, required, optional, values, dates, minimum, maximum

    static let heading = "Columns"

    var declaration: KeyDeclaration {
        switch self {
        case .column: KeyDeclaration(.text, "the column's name in the export")
        case .aliases: KeyDeclaration(.texts, "earlier or other names of the column")
        case .field: KeyDeclaration(.text, required: true, "the role's field that it goes to")
        case .constant: KeyDeclaration(.text, "the same value for every row, instead of a column")
        case .required: KeyDeclaration(.flag, "whether a row without a value is rejected")
        case .optional: KeyDeclaration(.flag, "whether the column itself may be missing from the export")
        case .values: KeyDeclaration(.names, "spellings in the export and what they mean")
        case .dates: KeyDeclaration(.choices(DateShape.allCases.map(\.rawValue)), "further shapes of dates")
        case .minimum: KeyDeclaration(.text, "smallest number, or earliest day, that can be right")
        case .maximum: KeyDeclaration(.text, "largest number, or latest day, that can be right")
        }
    }
}

/// Keys of one entry of `measures:`.
enum MeasureKey: String, SectionKey {
    case month, on, `where`, value, adverse, rater

    static let heading = "Measures"

    var declaration: KeyDeclaration {
        switch self {
        case .month: KeyDeclaration(.text, required: true, "date field whose month the row counts in")
        case .on: KeyDeclaration(.text, "date field whose day decides who held the post")
        case .where: KeyDeclaration(.section, "condition: rows that count")
        case .value: KeyDeclaration(.text, "number field that is summed")
        case .adverse: KeyDeclaration(.flag, "whether a counted row speaks against somebody")
        case .rater: KeyDeclaration(.text, "text field that names who gave the value")
        }
    }
}

enum FreshnessKey: String, SectionKey {
    case field, days

    static let heading = "Freshness"

    var declaration: KeyDeclaration {
        switch self {
        case .field: KeyDeclaration(.text, required: true, "date field whose newest day is looked at")
        case .days: KeyDeclaration(.wholeNumber(0...36_500), required: true, "days that it may lie before the as-of date")
        }
    }
}

enum VolumeKey: String, SectionKey {
    case minimumRows, minimumShare, maximumShare

    static let heading = "Volume"

    var declaration: KeyDeclaration {
        switch self {
        case .minimumRows: KeyDeclaration(.wholeNumber(0...1_000_000_000), "rows that there must be")
        case .minimumShare: KeyDeclaration(.number(0...1000), "least share of last night's rows")
        case .maximumShare: KeyDeclaration(.number(0...1000), "largest share of last night's rows")
        }
    }
}

/// Keys of a condition.
enum ConditionKey: String, SectionKey {
    case field, `is`, `in`, missing, before, after, within, atLeast, atMost, all, any, not

    static let heading = "Conditions"

    var declaration: KeyDeclaration {
        switch self {
        case .field: KeyDeclaration(.text, "the field that is looked at")
        case .is: KeyDeclaration(.text, "its value is this")
        case .in: KeyDeclaration(.texts, "its value is one of these")
        case .missing: KeyDeclaration(.flag, "nothing was written in it (true), or something was (false)")
        case .before: KeyDeclaration(.any, "its day is before this day, `asOf`, or `{field: other}`")
        case .after: KeyDeclaration(.any, "its day is after this day, `asOf`, or `{field: other}`")
        case .within: KeyDeclaration(.section, "its day is at most so many days after another field's")
        case .atLeast: KeyDeclaration(.number(-1e12...1e12), "its number is this or more")
        case .atMost: KeyDeclaration(.number(-1e12...1e12), "its number is this or less")
        case .all: KeyDeclaration(.sections, "every one of these conditions holds")
        case .any: KeyDeclaration(.sections, "at least one of these conditions holds")
        case .not: KeyDeclaration(.section, "this condition does not hold")
        }
    }
}

enum WithinKey: String, SectionKey {
    case days, of

    static let heading = "Within"

    var declaration: KeyDeclaration {
        switch self {
        case .days: KeyDeclaration(.wholeNumber(0...36_500), required: true, "how many days after, the same day being 0")
        case .of: KeyDeclaration(.text, required: true, "the other field")
        }
    }
}

enum OtherFieldKey: String, SectionKey {
    case field

    static let heading = "Another field's day"

    var declaration: KeyDeclaration { KeyDeclaration(.text, required: true, "the field whose day is compared with") }
}
