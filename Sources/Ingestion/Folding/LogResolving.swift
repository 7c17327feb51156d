import PipelineModel

/// Whom the targets of a log mean, by what is known when its part is read: each is looked up once, those of posts and names once more for each day.
struct LogMeanings {
    private let meanings: [RowResolver.Meaning]

    init(_ targets: TargetList, _ memory: inout ReadingMemory) {
        var meanings: [RowResolver.Meaning] = []
        meanings.reserveCapacity(targets.count)
        targets.forEach { form, text, hash, later in
            memory.fetch(later)
            meanings.append(memory.meaning(form, text, hash: hash))
        }
        self.meanings = meanings
    }

    /// The place among all cadres of whoever a target means on a day; below zero where that is nobody for certain.
    @inline(__always)
    func cadre(_ target: Int32, on day: Int32, _ memory: borrowing ReadingMemory) -> Int32 { memory.cadre(meanings[Int(target)], on: day) }
}

extension WrittenLog {
    /// What the rows come to, by what is known: under their cadres where these are, as written where not.
    ///
    /// - Parameter file: The number of the file that the part is of.
    consuming func resolved(_ meanings: LogMeanings, file: Int32, _ memory: inout ReadingMemory) -> FactPartial {
        var partial = FactPartial()
        var own = OwnTargets(count: targets.count)
        partial.known.reserve(counts: counts.count, values: values.count)
        for count in counts {
            let cadre = meanings.cadre(count.target, on: count.day, memory)
            if cadre >= 0 {
                partial.known.add(CadreLog.Count(cadre: cadre, month: count.month, bank: count.bank, measures: count.measures))
                continue
            }
            let line = partial.line(target: own.place(count.target, targets, in: &partial), month: Int32(count.month), day: count.day)
            CadreLog.Count.forEachMeasure(count.measures, of: count.bank) { measure in
                partial.add(FactPartial.Increment(measure: Int32(measure), month: Int32(count.month), sums: Sums(of: 0)), at: line)
            }
        }
        for value in values {
            let cadre = meanings.cadre(value.target, on: value.day, memory)
            if cadre >= 0 {
                partial.known.add(
                    CadreLog.Value(
                        cadre: cadre, month: Int16(truncatingIfNeeded: value.month), measure: Int16(truncatingIfNeeded: value.measure), value: value.value))
                continue
            }
            let line = partial.line(target: own.place(value.target, targets, in: &partial), month: value.month, day: value.day)
            partial.add(FactPartial.Increment(measure: value.measure, month: value.month, sums: Sums(of: value.value)), at: line)
        }
        addMarks(meanings, &own, to: &partial, &memory)
        for sighting in sightings where meanings.cadre(sighting.target, on: sighting.day, memory) < 0 {
            let target = own.place(sighting.target, targets, in: &partial)
            partial.add(
                FactPartial.Sighting(rows: Int64(sighting.rows), first: Position(file: file, line: sighting.firstLine)),
                of: FactPartial.TargetDay(target: target, day: sighting.day))
        }
        partial.take(evidence, keys: keys) { partial, target, day in
            let cadre = meanings.cadre(target, on: day, memory)
            return cadre >= 0 ? ~cadre : own.place(target, targets, in: &partial)
        }
        if newestDay != FactPartial.noDay { partial.note(newest: newestDay) }
        partial.undatedRows = undatedRows
        return partial
    }

    private func addMarks(_ meanings: LogMeanings, _ own: inout OwnTargets, to partial: inout FactPartial, _ memory: inout ReadingMemory) {
        if marks.isEmpty { return }
        partial.marks.reserve(marks.count)
        // All raters first, in a loop that does nothing else: each look-up waits for memory, and does not wait for the one before.
        let numbers = memory.raters(of: raters)
        for (place, mark) in marks.enumerated() {
            let cadre = meanings.cadre(mark.target, on: mark.day, memory)
            var target = ~cadre
            if cadre < 0 {
                let month = Int32(mark.month)
                let line = partial.line(target: own.place(mark.target, targets, in: &partial), month: month, day: mark.day)
                partial.add(FactPartial.Increment(measure: Int32(mark.measure), month: month, sums: Sums(of: Int64(mark.value))), at: line)
                target = Int32(truncatingIfNeeded: line)
            }
            partial.marks.add(
                RatingLog.Mark(target: target, rater: numbers[place], month: mark.month, measure: mark.measure, value: mark.value),
                memory: memory.number)
        }
    }
}

/// The places that targets of a log have in a partial, which gets only those of whom nobody is known.
private struct OwnTargets {
    private var places: [Int32]

    init(count: Int) { places = [Int32](repeating: -1, count: count) }

    mutating func place(_ target: Int32, _ targets: TargetList, in partial: inout FactPartial) -> Int32 {
        if places[Int(target)] < 0 {
            places[Int(target)] = partial.targets.intern(target, of: targets)
        }
        return places[Int(target)]
    }
}
