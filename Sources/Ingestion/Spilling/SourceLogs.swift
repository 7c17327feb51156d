/// What rows of cadres known while they are read come to, taken out of each part of a source as it is read, and put aside cadre by cadre, roughly: in parts of some thousand.
///
/// Tens of millions of entries are then never in memory at a time, neither as they came nor put in order.
final class SourceLogs {
    /// A mark of a known cadre.
    struct Mark: BitwiseCopyable, Sendable {
        let cadre: Int32
        /// A place among the raters of the source, which all have one number in the end.
        let rater: Int32
        let month: Int16
        let measure: Int16
        let value: Int32
    }

    private struct Writers {
        let counts: SpillWriter<CadreLog.Count>
        let values: SpillWriter<CadreLog.Value>
        let marks: SpillWriter<Mark>

        init(_ parts: CadreParts, _ file: SpillFile) {
            counts = SpillWriter(parts: parts.count, in: file)
            values = SpillWriter(parts: parts.count, in: file)
            marks = SpillWriter(parts: parts.count, in: file)
        }

        var isEmpty: Bool { counts.isEmpty && values.isEmpty && marks.isEmpty }
    }

    private let parts: CadreParts
    private let added: Writers
    private let takenBack: Writers
    private(set) var raters = RaterPlaces()

    /// - Parameter cadres: How many there are.
    init(cadres: Int, in file: SpillFile) {
        parts = CadreParts(cadres: cadres)
        (added, takenBack) = (Writers(parts, file), Writers(parts, file))
    }

    /// Whether nothing was ever taken.
    var isEmpty: Bool { added.isEmpty && takenBack.isEmpty }

    /// Takes what is of known cadres.
    func take(_ partial: FactPartial) {
        take(partial.known.added, added)
        take(partial.known.takenBack, takenBack)
        take(partial.marks.added, added)
        take(partial.marks.takenBack, takenBack)
    }

    private func take(_ entries: CadreLog.Entries, _ writers: Writers) {
        let parts = parts
        entries.counts.forEach { count, _ in writers.counts.append(count, to: parts.part(of: count.cadre)) }
        entries.values.forEach { value, _ in writers.values.append(value, to: parts.part(of: value.cadre)) }
    }

    private func take(_ marks: EntryBlocks<RatingLog.Mark>, _ writers: Writers) {
        let parts = parts
        marks.forEachBlock { marks, memory in
            raters.withPlaces(of: memory) { places in
                for mark in marks {
                    // Those of cadres who are not known yet count too: each rater has one number.
                    let rater = places.place(of: mark.rater)
                    guard let cadre = mark.knownCadre else { continue }
                    writers.marks.append(
                        Mark(cadre: cadre, rater: rater, month: mark.month, measure: mark.measure, value: mark.value), to: parts.part(of: cadre))
                }
            }
        }
    }

    /// All that was taken; nothing is taken afterwards.
    func end() -> KnownEntries {
        KnownEntries(
            parts: parts, counts: KnownEntries.Standing(added: added.counts.end(), takenBack: takenBack.counts.end()),
            values: KnownEntries.Standing(added: added.values.end(), takenBack: takenBack.values.end()),
            marks: KnownEntries.Standing(added: added.marks.end(), takenBack: takenBack.marks.end()))
    }
}

/// What rows of known cadres came to, of rows that were read and of those among them that do not stand, by parts of the cadres.
struct KnownEntries: Sendable {
    struct Standing<Entry: BitwiseCopyable & Sendable>: Sendable {
        let added: Spilled<Entry>
        let takenBack: Spilled<Entry>

        static var none: Standing { Standing(added: .none, takenBack: .none) }
        var isEmpty: Bool { added.isEmpty && takenBack.isEmpty }
    }

    let parts: CadreParts
    let counts: Standing<CadreLog.Count>
    let values: Standing<CadreLog.Value>
    let marks: Standing<SourceLogs.Mark>

    static let none = KnownEntries(parts: CadreParts(cadres: 0), counts: .none, values: .none, marks: .none)

    var isEmpty: Bool { counts.isEmpty && values.isEmpty && marks.isEmpty }
}
