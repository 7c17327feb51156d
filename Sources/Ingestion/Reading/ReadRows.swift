/// What the rows of a source that have been taken come to.
struct ReadRows {
    /// All but what is put aside.
    var partial = FactPartial()
    let keys: KeySpill
    let logs: SourceLogs
    private(set) var evidence: EvidenceSpill
    /// `nil` where all rows are stored anew.
    var rows: RowStoring?

    /// - Parameter cadres: How many there are.
    init(cadres: Int, in file: SpillFile) {
        // Who stands is known when the source is read: the disk and the kernel's pages then have the room for the next one's.
        keys = KeySpill(in: file.another())
        logs = SourceLogs(cadres: cadres, in: file)
        evidence = EvidenceSpill(in: file)
    }

    /// Puts aside what a part has for each of its rows: it keeps what is left.
    ///
    /// - Parameter linesLater: How many lines of the file lie before the part.
    func takeOut(of part: inout FactPartial, linesLater: Int) {
        keys.take(part.keys, linesLater: linesLater)
        part.forgetKeys()
        logs.take(&part)
    }

    /// Puts aside the adverse rows that a partial has come to, when their targets are those of the source.
    mutating func takeEvidence(of partial: inout FactPartial) {
        evidence.take(partial.evidence)
        partial.evidence = EvidenceLog()
    }

    /// Whether no row was folded into anything that taking it back would change.
    var isBare: Bool { partial.isBare && logs.isEmpty && evidence.isEmpty }

    /// Takes back rows that turned out not to stand, given what they alone fold to.
    mutating func retract(_ rows: FactPartial, at positions: Set<Position>) {
        partial.retract(rows, at: positions)
        logs.take(&partial)
        evidence.remove(at: positions)
    }
}
