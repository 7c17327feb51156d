import PipelineModel
import Tables
import Warehouse

/// A table that a night writes.
protocol OutputTable: Sendable {
    var definition: TableDefinition { get }
    /// Writes every row, in a stable order.
    func writeRows(of night: NightData, in transaction: Transaction, to file: TableFile) throws
}

/// A column and how its cell is made of what a row is about. Header and cells come from the same list, so they cannot differ.
struct Column<Subject>: Sendable {
    let name: String
    let meaning: String
    let cell: @Sendable (Subject) -> Cell

    init(_ name: String, _ meaning: String, _ cell: @escaping @Sendable (Subject) -> Cell) {
        self.name = name
        self.meaning = meaning
        self.cell = cell
    }
}

/// A table whose rows are each about one `Subject`.
struct Table<Subject: Sendable>: OutputTable {
    /// Rows that are made in one piece of work.
    private static var rowsInPiece: Int { 256 }

    let definition: TableDefinition
    let columns: [Column<Subject>]
    let subjects: @Sendable (NightData, Transaction, (Subject) throws -> Void) throws -> Void

    /// - Parameter subjects: Passes what the rows are about, in a stable order.
    init(
        _ name: String, _ meaning: String, isListOfNames: Bool, columns: [Column<Subject>],
        subjects: @escaping @Sendable (NightData, Transaction, (Subject) throws -> Void) throws -> Void
    ) {
        self.definition = TableDefinition(
            name: name, meaning: meaning, columns: columns.map { TableDefinition.Column(name: $0.name, meaning: $0.meaning) },
            isListOfNames: isListOfNames)
        self.columns = columns
        self.subjects = subjects
    }

    /// The warehouse is read by this thread, and rows are made by all: most of the time goes into cells and their text.
    func writeRows(of night: NightData, in transaction: Transaction, to file: TableFile) throws {
        let (columns, options) = (columns, file.options)
        var stream = OrderedStream<[Subject], CSVRows>(threads: file.threads) { subjects in
            var rows = CSVRows(options: options)
            for subject in subjects { rows.append(columns.map { $0.cell(subject) }) }
            return rows
        }
        var piece: [Subject] = []
        try subjects(night, transaction) { subject in
            piece.append(subject)
            guard piece.count == Table.rowsInPiece else { return }
            try stream.add(piece) { try file.write($0) }
            piece.removeAll(keepingCapacity: true)
        }
        if !piece.isEmpty { try stream.add(piece) { try file.write($0) } }
        try stream.finish { try file.write($0) }
    }

    func cells(of subject: Subject) -> [Cell] { columns.map { $0.cell(subject) } }
}

extension Cell {
    /// Text, or nothing where there is none.
    static func text(optional text: String?) -> Cell { text.map { .text($0) } ?? .empty }
    /// A whole number, or nothing.
    static func integer(optional number: Int?) -> Cell { number.map { .integer($0) } ?? .empty }
    /// A number with so many decimals, or nothing; a number that is not finite is nothing to a reader.
    static func decimal(optional number: Double?, places: Int) -> Cell {
        guard let number, number.isFinite else { return .empty }
        return .decimal(number, places: places)
    }
    /// `2025-11-03`, or nothing.
    static func date(_ date: CalendarDate?) -> Cell { text(optional: date?.description) }
    /// Our code of a category, or nothing.
    static func code<Code: Category>(_ code: Code?) -> Cell { text(optional: code?.rawValue) }
    /// The Chinese word of a category, or nothing.
    static func chinese<Code: Category>(_ code: Code?) -> Cell { text(optional: code?.chinese) }
}

/// Every table of a night, in the order of the data dictionary.
public enum TableCatalogue {
    static let tables: [any OutputTable] =
        FlaggedCadreTables.all
        + [
            FlagTables.reasons, FlagTables.evidence, TierTables.contributions, TierTables.flagChanges, TierTables.watchList, TierTables.commendedCadres,
            TierTables.commendationContributions,
            EstimateTables.scorecards, EstimateTables.estimates, EstimateTables.previousPosts, AppraisalTables.observations,
            PeerGroupTable.table, EstimateTables.correlations, AppraisalTables.notJudged, AppraisalTables.exclusions,
            EducationTables.roster, EducationTables.completion, EducationTables.postings,
            SelectionTables.targets, SelectionTables.secretaries, SelectionTables.rotation,
            EvaluationTables.contest, EvaluationTables.doubleEvaluation, EvaluationTables.mediaInquiries, EvaluationTables.gradeInflation,
            FaultToleranceTables.effects, FaultToleranceTables.filings,
            ClarificationTables.due, ClarificationTables.handling,
            CareTables.list, CareTables.promotionChannels, OrganisationTables.progress,
            ReviewTables.followup, ReviewTables.outcomes,
            SummaryTables.byUnit, SummaryTables.byKind, FairnessTables.audit, FairnessTables.calibration,
            InputTables.dataQuality, InputTables.rejects, InputTables.unresolvedTargets, LinkTables.links, LinkTables.weightTable,
            FindingsTable.table,
        ]

    /// The definition of every table.
    public static let definitions: [TableDefinition] = tables.map(\.definition)
}
