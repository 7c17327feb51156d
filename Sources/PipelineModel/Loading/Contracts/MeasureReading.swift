/// Reads the `measures:` of one version of a contract.
struct MeasureReader {
    let fields: MappedFields
    let conditions: ConditionReader

    /// The measures in the order of the file. One with a fault is among them by its name, so that indicators that use it are not reported too.
    func read(_ entries: [YAMLEntry]) -> [Measure] {
        entries.map { entry in
            let section = YAMLSection<MeasureKey>(entry.value, fields.problems)
            for key in [MeasureKey.month, .on] {
                if let name = section.text(key) { fields.dayField(name, at: section.place(key)) }
            }
            if let rater = section.text(.rater) { fields.textField(rater, at: section.place(.rater)) }
            if let value = section.text(.value) { fields.numberField(value, at: section.place(.value)) }
            let measure = Measure(
                name: fields.set.name + "." + entry.key, month: section.text(.month) ?? "", on: section.text(.on),
                condition: section.node(.where).flatMap(conditions.read), value: section.text(.value), adverse: section.flag(.adverse) ?? false,
                rater: section.text(.rater))
            // A condition that could not be read is reported already.
            if measure.adverse, measure.condition != nil || !section.isWritten(.where), PetitionGuard.countsUnfounded(measure, role: fields.role) {
                PetitionGuard.report(measure, at: entry.place, fields.problems)
            }
            return measure
        }
    }
}
