import PipelineModel
import Tables
import Warehouse

/// One unit on one night: what its head gets to see, and nothing of anybody else's.
struct UnitNight {
    /// As in `summary_by_unit.csv`, blanked with it.
    let line: SummaryLine
    let progress: [ImplementationProgress]
    /// Cadres in service, as the summaries count them.
    let staff: [StaffMember]
    /// By kind.
    var handling: [PetitionHandling] = []
    /// By course.
    var completions: [TrainingCompletion] = []
}

/// A cadre in service as the staff table counts them.
struct StaffMember {
    let rank: String?
    let serviceClass: CivilServiceClass?
}

/// A table in the folder of one unit.
protocol UnitOutputTable: Sendable {
    var definition: TableDefinition { get }
    /// Every row, in a stable order.
    func rows(of unit: UnitNight, options: CSVWriter.Options) -> CSVRows
}

/// A unit's table whose rows are each about one `Subject`.
struct UnitTable<Subject>: UnitOutputTable {
    let definition: TableDefinition
    private let making: RowMaking<Subject>
    private let subjects: @Sendable (UnitNight) -> [Subject]

    init(_ name: String, _ meaning: String, columns: [Column<Subject>], subjects: @escaping @Sendable (UnitNight) -> [Subject]) {
        definition = TableDefinition(name: name, meaning: meaning, columns: columns.flatMap(\.definitions), isListOfNames: false)
        making = RowMaking(columns)
        self.subjects = subjects
    }

    func rows(of unit: UnitNight, options: CSVWriter.Options) -> CSVRows { making.rows(of: subjects(unit), options: options) }
}

extension TableCatalogue {
    /// Every table in the folder of a unit, in the order of the data dictionary.
    static let unitTables: [any UnitOutputTable] = [
        UnitTables.summary, UnitTables.staff, UnitTables.training, UnitTables.petitions, UnitTables.progress,
    ]

    /// Their definitions.
    public static let unitDefinitions: [TableDefinition] = unitTables.map(\.definition)
}
