import PipelineModel
import Tables
import Warehouse

/// A table that a night writes.
protocol OutputTable: Sendable {
    var definition: TableDefinition { get }
    /// Writes every row, in a stable order.
    func writeRows(of night: NightData, in transaction: Transaction, to file: TableFile) throws
}

/// A column and how its cell is made of what a row is about; or neighbouring ones that are made together. Header and cells come from the same list, so they
/// cannot differ.
struct Column<Subject>: Sendable {
    /// How cells are made.
    enum Making: Sendable {
        case one(@Sendable (Subject) -> Cell)
        case several(@Sendable (Subject, inout CSVRows) -> Void)
    }

    let definitions: [TableDefinition.Column]
    let making: Making

    init(_ name: String, _ meaning: String, _ cell: @escaping @Sendable (Subject) -> Cell) {
        definitions = [TableDefinition.Column(name: name, meaning: meaning)]
        making = .one(cell)
    }

    /// - Parameter append: Adds as many cells as there are names.
    init(together columns: KeyValuePairs<String, String>, _ append: @escaping @Sendable (Subject, inout CSVRows) -> Void) {
        definitions = columns.map { TableDefinition.Column(name: $0.key, meaning: $0.value) }
        making = .several(append)
    }
}

/// Makes the rows of a table: what its columns make, apart from what they are called, which would be counted for each cell.
struct RowMaking<Subject>: Sendable {
    private let columns: [Column<Subject>.Making]
    /// Cells of a row.
    private let width: Int

    init(_ columns: [Column<Subject>]) {
        self.columns = columns.map(\.making)
        width = columns.reduce(0) { $0 + $1.definitions.count }
    }

    /// Adds the row about a subject.
    ///
    /// - Precondition: The columns add as many cells as they have names.
    @inline(__always)
    func append(_ subject: Subject, to rows: inout CSVRows) {
        rows.beginRow()
        for column in columns {
            switch column {
            case .one(let cell): rows.append(cell(subject))
            case .several(let append): append(subject, &rows)
            }
        }
        rows.endRow(of: width)
    }

    /// Rows about some subjects.
    func rows(of subjects: some Sequence<Subject>, options: CSVWriter.Options) -> CSVRows {
        var rows = CSVRows(options: options)
        for subject in subjects { append(subject, to: &rows) }
        return rows
    }
}

/// A table whose rows are each about one `Subject`.
struct Table<Subject: Sendable>: OutputTable {
    /// Rows that are made in one piece of work.
    private static var rowsInPiece: Int { 256 }

    let definition: TableDefinition
    private let making: RowMaking<Subject>
    private let write: @Sendable (NightData, Transaction, TableFile, RowMaking<Subject>) throws -> Void

    /// - Parameter subjects: Passes what the rows are about, in a stable order.
    init(
        _ name: String, _ meaning: String, isListOfNames: Bool, columns: [Column<Subject>],
        subjects: @escaping @Sendable (NightData, Transaction, (Subject) throws -> Void) throws -> Void
    ) {
        self.init(name, meaning, isListOfNames, columns) { night, transaction, file, making in
            let options = file.options
            // The warehouse is read by this thread, and rows are made by all: most of the time goes into cells and their text.
            let stream = OrderedStream<[Subject], CSVRows>(threads: file.threads) { making.rows(of: $0, options: options) }
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
    }

    private init(
        _ name: String, _ meaning: String, _ isListOfNames: Bool, _ columns: [Column<Subject>],
        _ write: @escaping @Sendable (NightData, Transaction, TableFile, RowMaking<Subject>) throws -> Void
    ) {
        definition = TableDefinition(name: name, meaning: meaning, columns: columns.flatMap(\.definitions), isListOfNames: isListOfNames)
        making = RowMaking(columns)
        self.write = write
    }

    func writeRows(of night: NightData, in transaction: Transaction, to file: TableFile) throws { try write(night, transaction, file, making) }

    /// Rows about some subjects.
    func rows(of subjects: some Sequence<Subject>, options: CSVWriter.Options) -> CSVRows { making.rows(of: subjects, options: options) }
}

extension Table {
    /// A table of all rows of a kind of which there are millions: they come out of their blocks where their cells are made, on all threads.
    init<Stored: PackedRecord>(
        _ name: String, _ meaning: String, isListOfNames: Bool, columns: [Column<Subject>], packed: Stored.Type
    ) where Subject == Looked<Stored> {
        self.init(name, meaning, isListOfNames, columns) { night, transaction, file, making in
            let options = file.options
            try transaction.mapBlocks(packed, threads: file.threads) { records in
                var rows = CSVRows(options: options)
                guard let first = records.first else { return rows }
                // One for all of them: threads that count the night's references for each row hinder each other.
                var looked = Looked(record: first, night: night)
                for record in records {
                    looked.record = record
                    making.append(looked, to: &rows)
                }
                return rows
            } _: {
                try file.write($0)
            }
        }
    }
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
