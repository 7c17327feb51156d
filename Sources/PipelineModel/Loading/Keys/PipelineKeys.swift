/// Keys of the pipeline's own file, `nightly.yaml`.
enum PipelineKey: String, SectionKey {
    case name, input, output, sources, schemes, indicators, triggers, protections, flagging, dispositions, linkage
    case training, targets, selection, deadlines, contest, evaluation, care, reviews, identityKey, tables

    static let heading = "The pipeline's file"

    var declaration: KeyDeclaration {
        switch self {
        case .name: KeyDeclaration(.text, required: true, "the pipeline's name, for logs and the manifest")
        case .input: KeyDeclaration(.text, "folder of the exports, relative to the folder the run starts in")
        case .output: KeyDeclaration(.text, "folder of the results, relative to the folder the run starts in")
        case .sources: KeyDeclaration(.text, required: true, "folder of the source contracts")
        case .schemes: KeyDeclaration(.text, "folder of the appraisal schemes")
        case .indicators: KeyDeclaration(.text, "file of the indicators")
        case .triggers: KeyDeclaration(.text, "file of the rule triggers")
        case .protections: KeyDeclaration(.text, "file of the protections")
        case .flagging: KeyDeclaration(.text, "file of the flagging rates")
        case .dispositions: KeyDeclaration(.text, "file of the disposition rules")
        case .linkage: KeyDeclaration(.text, "file of the linkage of targets in words")
        case .training: KeyDeclaration(.text, "file of the training rules")
        case .targets: KeyDeclaration(.text, "file of the structure targets")
        case .selection: KeyDeclaration(.text, "file of the township secretaries")
        case .deadlines: KeyDeclaration(.text, "file of the deadlines of duties")
        case .contest: KeyDeclaration(.text, "file of the six-field contest")
        case .evaluation: KeyDeclaration(.text, "file of ballots and annual grades")
        case .care: KeyDeclaration(.text, "file of the care rules")
        case .reviews: KeyDeclaration(.text, "file of the review rules")
        case .identityKey: KeyDeclaration(.section, "the key that identity numbers are hashed with")
        case .tables: KeyDeclaration(.section, "how tables are written")
        }
    }
}

enum IdentityKeyKey: String, SectionKey {
    case file, demonstration

    static let heading = "The identity key"

    var declaration: KeyDeclaration {
        switch self {
        case .file: KeyDeclaration(.text, required: true, "file with the secret, mode 0600")
        case .demonstration: KeyDeclaration(.flag, "whether it is the published key of the sample")
        }
    }
}

enum TablesKey: String, SectionKey {
    case byteOrderMark

    static let heading = "Tables"

    var declaration: KeyDeclaration {
        switch self {
        case .byteOrderMark: KeyDeclaration(.flag, "whether CSV files start with a byte-order mark")
        }
    }
}

/// Keys of a text in both languages.
enum LabelKey: String, SectionKey {
    case zh, en

    static let heading = "Texts in both languages"

    var declaration: KeyDeclaration {
        switch self {
        case .zh: KeyDeclaration(.text, required: true, "the text in Chinese")
        case .en: KeyDeclaration(.text, required: true, "the text in English")
        }
    }
}
