import PipelineModel

extension FactPartial {
    /// The same facts, with the number of the cadre in place of every target that means one for certain.
    ///
    /// A post's days then share a line a month, and whoever was found need not be listed as sighted: what is left to merge is a fraction. Targets in words,
    /// and those that mean nobody, stay as they are written. Resolving before or after merging comes to the same.
    func resolved(by resolution: RowResolution) -> FactPartial {
        var result = FactPartial()
        // Not yet in the result, which is written to while targets are looked up.
        var written = TargetTable()
        var known = PlaceTable()
        var meanings: [(meant: TargetDay, isCadre: Bool)] = []
        func meaning(_ target: Int32, _ day: Int32) -> (meant: TargetDay, isCadre: Bool) {
            let form = targets.form(of: target)
            let day = form == .cadre ? FactPartial.noDay : day
            let (place, isNew) = known.place(PlaceTable.Key(first: target, second: day, third: 0))
            if isNew { meanings.append(targets.withBytes(of: target) { look(form, $0, day) }) }
            return meanings[place]
        }
        func look(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>, _ day: Int32) -> (meant: TargetDay, isCadre: Bool) {
            var meant: TargetDay?
            _ = resolution.withCadre(form, text, day: day) { meant = TargetDay(target: written.intern(.cadre, $0), day: FactPartial.noDay) }
            if let meant { return (meant, true) }
            return (TargetDay(target: written.intern(form, text), day: day), false)
        }
        result.raters = raters
        let lines = result.cells.merge(cells) { meaning($0, $1).meant }
        result.marks.merge(marks, lines: lines, raters: nil)
        result.evidence.merge(evidence) { meaning($0, $1).meant.target }
        for (target, sighting) in sightings {
            let (meant, isCadre) = meaning(target.target, target.day)
            if !isCadre { result.sightings.add(sighting, of: meant) }
        }
        result.targets = written
        result.keys = keys
        result.note(newest: newestDayNumber)
        result.undatedRows = undatedRows
        return result
    }
}
