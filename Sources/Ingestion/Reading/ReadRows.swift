/// What the rows of a source that have been taken come to.
struct ReadRows {
    /// All but what is put aside.
    var partial = FactPartial()
    let spill: SourceSpill
    private(set) var evidence: EvidenceSpill
    /// Of the parts that were taken.
    var keys: KeyedParts
    /// `nil` where all rows are stored anew.
    var rows: RowStoring?

    /// - Parameters:
    ///   - cadres: How many there are.
    ///   - ledger: What is known of the keys of parts.
    ///   - threads: Changes the time, and nothing else.
    init(cadres: Int, ledger: KeyLedger = KeyLedger(), threads: Int, in file: SpillFile) {
        keys = KeyedParts(ledger)
        spill = SourceSpill(cadres: cadres, threads: threads, in: file)
        evidence = EvidenceSpill(in: file)
    }

    /// Puts aside the adverse rows that a partial has come to, when their targets are those of the source.
    mutating func takeEvidence(of partial: inout FactPartial) {
        evidence.take(partial.evidence)
        partial.evidence = EvidenceLog()
    }

    /// Whether no row was folded into anything that taking it back would change.
    var isBare: Bool { partial.isBare && spill.isEmpty && evidence.isEmpty }

    /// Takes back rows that turned out not to stand, given what they alone fold to.
    mutating func retract(_ rows: FactPartial, at positions: Set<Position>) {
        partial.retract(rows, at: positions)
        spill.take(&partial, linesLater: 0)
        evidence.remove(at: positions)
    }
}
