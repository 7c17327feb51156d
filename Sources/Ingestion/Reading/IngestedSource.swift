import PipelineModel
import Warehouse

/// What reading one source came to.
struct IngestedSource {
    let contract: SourceContract
    let fold: FactFold
    var files: [SourceFileRecord] = []
    var partial = FactPartial()
    /// What rows of cadres known while they were read come to; the partial has the others.
    var known = KnownByCadre.nothing
    /// Of the marks of the partial.
    var raters = RaterNumbers.none
    var findings: [Finding] = []
    /// Whether a file broke its contract, so that the night must not go on.
    var isRefused = false
    let asOf: CalendarDate

    private(set) var settling: Settling?

    /// Begins to put in order, cadre by cadre, what rows of known cadres came to, and to number the raters, on another thread while the next source is read: when all
    /// rows are read, and those that do not stand taken back.
    ///
    /// - Parameters:
    ///   - written: Raters as written, by the number of the memory that marks name.
    ///   - cadres: How many there are.
    mutating func beginSettling(raters written: [TargetTable], cadres: Int, threads: Int) {
        settling = Settling(partial.known, partial.marks, raters: written, cadres: cadres, threads: threads)
        partial.forgetKnown()
    }

    /// Waits for what `beginSettling` began.
    mutating func settle() {
        if let settling { (raters, known) = settling.result }
        settling = nil
    }

    var rowsRead: Int { files.reduce(0) { $0 + $1.rowsRead } }
    var rowsRejected: Int { files.reduce(0) { $0 + $1.rowsRejected } }
    var volume: VolumeRecord { VolumeRecord(asOf: asOf, source: contract.name, rowsRead: rowsRead) }
    var measures: [MeasureRecord] { fold.measures.map { MeasureRecord(measure: $0.name, decimals: $0.decimals) } }
}
