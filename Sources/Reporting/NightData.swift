import PipelineModel
import Warehouse

/// What the tables of one night look things up in: small enough to hold, however long the tables are.
struct NightData {
    let pipeline: Pipeline
    let asOf: CalendarDate
    let transaction: Transaction
    /// Every file that was read, by source and path.
    let files: [SourceFileRecord]
    /// Who people are, and where they serve.
    let people: PeopleOnLists
    let indicators: [String: Indicator]
    /// By unit, cadre and flag.
    let flagged: [FlaggedCadre]

    private let cadresByFlag: [String: String]
    private let filesByNumber: [Int: SourceFileRecord]

    init(_ pipeline: Pipeline, asOf: CalendarDate, in transaction: Transaction) throws {
        self.pipeline = pipeline
        self.asOf = asOf
        self.transaction = transaction
        files = try transaction.all(SourceFileRecord.self)
        filesByNumber = Dictionary(files.map { ($0.fileID, $0) }, uniquingKeysWith: { first, _ in first })
        indicators = Dictionary(pipeline.indicators.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        people = try PeopleOnLists(asOf: asOf, in: transaction)
        flagged = try FlaggedCadre.all(asOf: asOf, people: people, in: transaction)
        cadresByFlag = Dictionary(flagged.map { ($0.flag.flagID, $0.flag.cadreID) }, uniquingKeysWith: { first, _ in first })
    }

    /// The source of a file; blank for a file that is not known, which the warehouse does not allow.
    func source(ofFile fileID: Int) -> String { filesByNumber[fileID]?.source ?? "" }

    /// A file's path, relative to the input folder.
    func path(ofFile fileID: Int?) -> String? { fileID.flatMap { filesByNumber[$0]?.path } }

    /// The cadre whom a flag of tonight is about.
    func cadre(ofFlag flagID: String) -> String? { cadresByFlag[flagID] }

    func unitName(_ unitID: String?) -> String? { people.unitName(unitID) }
}
