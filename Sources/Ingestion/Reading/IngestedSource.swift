import PipelineModel
import Warehouse

/// What reading one source came to.
struct IngestedSource {
    let contract: SourceContract
    let fold: FactFold
    var files: [SourceFileRecord] = []
    var partial = FactPartial()
    /// What rows of cadres known while they were read come to; the partial has the others.
    private(set) var known = KnownEntries.none
    /// The adverse rows, of known cadres and others; the partial has none.
    private(set) var evidence = EvidenceSpill.none
    /// Of the source's marks.
    private(set) var raters = RaterNumbers.none
    var findings: [Finding] = []
    /// Whether a file broke its contract, so that the night must not go on.
    var isRefused = false
    let asOf: CalendarDate

    private(set) var settling: SideWork<RaterNumbers>?

    /// Takes over what the rows came to, and begins to number the raters, on another thread while the next source is read: when all rows are read, and those that do not
    /// stand taken back.
    ///
    /// - Parameter written: Raters as written, by the number of the memory that marks name.
    mutating func beginSettling(_ read: ReadRows, raters written: [TargetTable], threads: Int) {
        let ended = read.spill.end()
        (partial, known, evidence) = (read.partial, ended.known, read.evidence)
        let (places, written) = (HandedOver(ended.raters), HandedOver(written))
        settling = SideWork(1, threads: threads) { _ in RaterNumbers(places.take(), written: written.take()) }
    }

    /// Waits for what `beginSettling` began.
    mutating func settle() {
        if let numbers = settling?.results().first { raters = numbers }
        settling = nil
    }

    var rowsRead: Int { files.reduce(0) { $0 + $1.rowsRead } }
    var rowsRejected: Int { files.reduce(0) { $0 + $1.rowsRejected } }
    var volume: VolumeRecord { VolumeRecord(asOf: asOf, source: contract.name, rowsRead: rowsRead) }
    var measures: [MeasureRecord] { fold.measures.map { MeasureRecord(measure: $0.name, decimals: $0.decimals) } }
}
