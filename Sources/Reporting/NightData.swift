import PipelineModel
import Warehouse

/// What the tables of one night look things up in: small enough to hold, however long the tables are.
struct NightData {
    struct Unit {
        let unitID: String
        let name: String?
        let kind: KindOfBody?
    }

    let pipeline: Pipeline
    let asOf: CalendarDate
    let transaction: Transaction
    /// Every file that was read, by source and path.
    let files: [SourceFileRecord]
    /// By id.
    let units: [String: Unit]
    let indicators: [String: Indicator]
    /// By unit, cadre and flag.
    let flagged: [FlaggedCadre]

    private let filesByNumber: [Int: SourceFileRecord]

    init(_ pipeline: Pipeline, asOf: CalendarDate, in transaction: Transaction) throws {
        self.pipeline = pipeline
        self.asOf = asOf
        self.transaction = transaction
        files = try transaction.all(SourceFileRecord.self)
        filesByNumber = Dictionary(files.map { ($0.fileID, $0) }, uniquingKeysWith: { first, _ in first })
        indicators = Dictionary(pipeline.indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var units: [String: Unit] = [:]
        try transaction.forEachRow(of: .units) { row in
            let fields = NamedFields(row, .units)
            guard let unitID = fields.text("unit_id") else { return }
            units[unitID] = Unit(unitID: unitID, name: fields.text("name"), kind: fields.code("kind", KindOfBody.self))
        }
        self.units = units
        flagged = try FlaggedCadre.all(asOf: asOf, units: units, in: transaction)
    }

    /// The source of a file; blank for a file that is not known, which the warehouse does not allow.
    func source(ofFile fileID: Int) -> String { filesByNumber[fileID]?.source ?? "" }

    /// A file's path, relative to the input folder.
    func path(ofFile fileID: Int?) -> String? { fileID.flatMap { filesByNumber[$0]?.path } }

    func unitName(_ unitID: String?) -> String? { unitID.flatMap { units[$0]?.name } }
}
