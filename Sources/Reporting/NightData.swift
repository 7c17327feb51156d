import PipelineModel
import Warehouse

/// What the tables of one night look things up in: small enough to hold, however long the tables are, and asked from several threads.
///
/// Classes, here and for what a row looks up: a copied struct counts a reference for each text in it, and threads that count the same ones hinder each other.
final class NightData: Sendable {
    let pipeline: Pipeline
    let asOf: CalendarDate
    /// Every file that was read, by source and path.
    let files: [SourceFileRecord]
    /// Who people are, and where they serve.
    let people: PeopleOnLists
    let indicators: [String: ListedIndicator]
    /// By unit, cadre and flag.
    let flagged: [FlaggedCadre]

    private let counted = Remembered<Summary>()
    private let cadresByFlag: [String: String]
    private let filesByNumber: [Int: SourceFileRecord]

    /// - Parameter threads: How many read; changes the time, and nothing else.
    init(_ pipeline: Pipeline, asOf: CalendarDate, threads: Int, in transaction: Transaction) throws {
        self.pipeline = pipeline
        self.asOf = asOf
        files = try transaction.all(SourceFileRecord.self)
        filesByNumber = Dictionary(files.map { ($0.fileID, $0) }, uniquingKeysWith: { first, _ in first })
        indicators = Dictionary(pipeline.indicators.map { ($0.id, ListedIndicator($0)) }, uniquingKeysWith: { first, _ in first })
        let (people, flagged) = try transaction.readSideBySide(threads: threads) {
            try PeopleOnLists(asOf: asOf, in: $0)
        } _: {
            try FlaggedCadre.unnamed(asOf: asOf, in: $0)
        }
        self.people = people
        self.flagged = flagged.map { $0.named(people) }
        cadresByFlag = Dictionary(self.flagged.map { ($0.flag.flagID, $0.flag.cadreID) }, uniquingKeysWith: { first, _ in first })
    }

    /// The source of a file; blank for a file that is not known, which the warehouse does not allow.
    func source(ofFile fileID: Int) -> String { filesByNumber[fileID]?.source ?? "" }

    /// A file's path, relative to the input folder.
    func path(ofFile fileID: Int?) -> String? { fileID.flatMap { filesByNumber[$0]?.path } }

    /// The cadre whom a flag of tonight is about.
    func cadre(ofFlag flagID: String) -> String? { cadresByFlag[flagID] }

    /// Headcounts by unit and kind; counted once for the tables, the units' folders and the report.
    func summary(in transaction: Transaction) throws -> Summary { try counted.value { try Summary(self, in: transaction) } }

    func unitName(_ unitID: String?) -> String? { people.unitName(unitID) }
}

/// What tables say of an indicator.
final class ListedIndicator: Sendable {
    let label: BilingualText
    let dimension: Dimension
    let moreIsBetter: Bool

    init(_ indicator: Indicator) { (label, dimension, moreIsBetter) = (indicator.label, indicator.dimension, indicator.moreIsBetter) }
}
