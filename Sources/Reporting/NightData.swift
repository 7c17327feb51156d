import PipelineModel
import Synchronization
import Warehouse

/// What the tables of one night look things up in: small enough to hold, however long the tables are, and asked from several threads.
///
/// Classes, here and for what a row looks up: a copied struct counts a reference for each text in it, and threads that count the same ones hinder each other.
final class NightData: Sendable {
    let pipeline: Pipeline
    let asOf: CalendarDate
    /// Every file that was read, by source and path.
    let files: [SourceFileRecord]
    let indicators: [String: ListedIndicator]

    private let whoIsOnLists = AtomicLazyReference<WhoIsOnLists>()
    private let counted = Remembered<Summary>()
    private let filesByNumber: [Int: SourceFileRecord]

    /// Everything but who is on the lists, which is read by itself: tables that name only numbers can be begun before.
    init(_ pipeline: Pipeline, asOf: CalendarDate, in transaction: Transaction) throws {
        self.pipeline = pipeline
        self.asOf = asOf
        files = try transaction.all(SourceFileRecord.self)
        filesByNumber = Dictionary(files.map { ($0.fileID, $0) }, uniquingKeysWith: { first, _ in first })
        indicators = Dictionary(pipeline.indicators.map { ($0.id, ListedIndicator($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Reads who is on the lists, once.
    func readWhoIsOnLists(in transaction: Transaction) throws { _ = whoIsOnLists.storeIfNil(try WhoIsOnLists(asOf: asOf, in: transaction)) }

    /// Whether it has been read.
    var knowsWhoIsOnLists: Bool { whoIsOnLists.load() != nil }

    private var known: WhoIsOnLists {
        guard let known = whoIsOnLists.load() else { preconditionFailure("who is on the lists is asked for before it is read") }
        return known
    }

    /// Who people are, and where they serve.
    var people: PeopleOnLists { known.people }

    /// By unit, cadre and flag.
    var flagged: [FlaggedCadre] { known.flagged }

    /// The source of a file; blank for a file that is not known, which the warehouse does not allow.
    func source(ofFile fileID: Int) -> String { filesByNumber[fileID]?.source ?? "" }

    /// A file's path, relative to the input folder.
    func path(ofFile fileID: Int?) -> String? { fileID.flatMap { filesByNumber[$0]?.path } }

    /// The cadre whom a flag of tonight is about.
    func cadre(ofFlag flagID: String) -> String? { known.cadresByFlag[flagID] }

    /// Headcounts by unit and kind; counted once for the tables, the units' folders and the report.
    func summary(in transaction: Transaction) throws -> Summary { try counted.value { try Summary(self, in: transaction) } }

    func unitName(_ unitID: String?) -> String? { people.unitName(unitID) }
}

/// Who is on the lists of one night.
private final class WhoIsOnLists: Sendable {
    let people: PeopleOnLists
    let flagged: [FlaggedCadre]
    let cadresByFlag: [String: String]

    init(asOf: CalendarDate, in transaction: Transaction) throws {
        let people = try PeopleOnLists(asOf: asOf, in: transaction)
        let flagged = try FlaggedCadre.unnamed(asOf: asOf, in: transaction).map { $0.named(people) }
        (self.people, self.flagged) = (people, flagged)
        cadresByFlag = Dictionary(flagged.map { ($0.flag.flagID, $0.flag.cadreID) }, uniquingKeysWith: { first, _ in first })
    }
}

/// What tables say of an indicator.
final class ListedIndicator: Sendable {
    let label: BilingualText
    let dimension: Dimension
    let moreIsBetter: Bool

    init(_ indicator: Indicator) { (label, dimension, moreIsBetter) = (indicator.label, indicator.dimension, indicator.moreIsBetter) }
}
