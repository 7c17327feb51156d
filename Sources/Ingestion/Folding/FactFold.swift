import PipelineModel

/// A contract's measures, bound to places in a row: folds rows into a partial, one at a time.
struct FactFold: Sendable {
    /// Classes, because a copy of a struct would count its references once for each measure of each row.
    private final class BoundMeasure: Sendable {
        let month: Int
        let on: Int
        let condition: BoundCondition?
        let value: Int?
        let isAdverse: Bool
        let rater: Int?

        init(month: Int, on: Int, condition: BoundCondition?, value: Int?, isAdverse: Bool, rater: Int?) {
            (self.month, self.on, self.condition, self.value, self.isAdverse, self.rater) = (month, on, condition, value, isAdverse, rater)
        }
    }

    private final class BoundTarget: Sendable {
        let form: TargetForm
        let fields: [Int]

        init(_ form: TargetForm, fields: [Int]) { (self.form, self.fields) = (form, fields) }

        /// As `TargetForm.isWritten` has it, by places: in words, a name, or a unit and a post.
        func isWritten(_ has: (Int) -> Bool) -> Bool {
            form == .words ? has(fields[2]) || (has(fields[0]) && has(fields[1])) : fields.allSatisfy(has)
        }
    }

    let measures: [MeasureUnit]
    private let bound: [BoundMeasure]
    private let targets: [BoundTarget]
    private let recordField: Int?
    private let eventField: Int?
    private let reformField: Int?
    private let freshnessField: Int?
    /// Whether targets are listed while folding: rows that are kept are looked through afterwards.
    private let seesTargets: Bool
    private let listsNobody: Bool
    private let asOf: CalendarDate

    /// A measure's name and the decimals of its sums.
    struct MeasureUnit: Hashable, Sendable {
        let name: String
        let decimals: Int
    }

    /// Binds a contract's measures.
    ///
    /// - Throws: `ConditionError`; the configuration's check has already seen to it that there is none.
    init(contract: SourceContract, asOf: CalendarDate) throws(ConditionError) {
        let role = contract.role
        var measures: [MeasureUnit] = []
        var bound: [BoundMeasure] = []
        for measure in contract.measures {
            guard let month = role.index(of: measure.month), let on = role.index(of: measure.on) else {
                throw ConditionError.unknownField(measure.month, role: role.rawValue, known: role.fields.map(\.name))
            }
            let value = measure.value.flatMap { role.index(of: $0) }
            var decimals = 0
            if let value, case .decimal(let count) = role.fields[value].type { decimals = count }
            var condition: BoundCondition?
            if let written = measure.condition { condition = try BoundCondition(written, role: role, asOf: asOf) }
            measures.append(MeasureUnit(name: measure.name, decimals: decimals))
            bound.append(
                BoundMeasure(
                    month: month, on: on, condition: condition, value: value, isAdverse: measure.adverse, rater: measure.rater.flatMap { role.index(of: $0) }))
        }
        self.measures = measures
        self.bound = bound
        targets = contract.targets.map { BoundTarget($0, fields: $0.fields.compactMap { role.index(of: $0) }) }
        recordField = role.recordField.flatMap { role.index(of: $0) }
        eventField = role.eventDateField.flatMap { role.index(of: $0) }
        let mapped = Set(contract.columns.map(\.field))
        reformField = mapped.contains("reform") ? role.index(of: "reform") : nil
        freshnessField = contract.freshness.flatMap { role.index(of: $0.field) }
        seesTargets = contract.keep == .facts
        listsNobody = contract.keep == .facts && !contract.targets.isEmpty && !role.isOftenAboutUnits
        self.asOf = asOf
    }

    /// Folds the row that the parser holds.
    ///
    /// - Parameter values: The parsed row, after what was not yet known has been veiled.
    func add(_ values: Row, of parser: RowParser, at position: Position, to partial: inout FactPartial) {
        if isUndated(values) { partial.noteUndatedRow() }
        // A day after tonight is a plan or a slip: it does not make an export fresh.
        if let freshnessField, let day = values[freshnessField].day, day <= asOf { partial.note(newest: day) }
        guard let (form, target) = target(values, parser, &partial) else {
            if listsNobody { sightNobody(at: position, &partial) }
            return
        }
        var hasAdverse = false
        var seenOn = eventField.flatMap { values[$0].day?.dayNumber } ?? FactPartial.noDay
        for index in bound.indices {
            guard let increment = increment(of: index, values) else { continue }
            let on = day(of: bound[index], values)
            let day = form == .cadre ? FactPartial.noDay : on
            let line = partial.add(increment, target: target, day: day)
            if let rater = bound[index].rater, !values[rater].isMissing { partial.add(increment, line: line, rater: parser.text(rater)) }
            if bound[index].isAdverse {
                hasAdverse = true
                seenOn = on
            }
        }
        if seesTargets {
            partial.sight(FactPartial.TargetDay(target: target, day: form == .cadre ? FactPartial.noDay : seenOn), at: position)
        }
        if hasAdverse { addEvidence(values, parser, position, form, target, &partial) }
    }

    /// Evidence of one row: one entry, or, where its measures look for the holders of different days, one for each adverse day.
    private func addEvidence(
        _ values: Row, _ parser: RowParser, _ position: Position, _ form: TargetForm, _ target: Int32, _ partial: inout FactPartial
    ) {
        let reform = reformField.map { parser.text($0) } ?? RowParser.noText
        var days: [Int32] = []
        for (index, measure) in bound.enumerated() where measure.isAdverse && increment(of: index, values) != nil {
            let on = day(of: measure, values)
            if !days.contains(on), form != .cadre || days.isEmpty { days.append(on) }
        }
        for day in days {
            partial.beginEvidence(position, target: target, day: day, recordID: recordField.map { parser.text($0) } ?? RowParser.noText, reform: reform)
            // Only what was added for the same holder may later be subtracted from them.
            for index in bound.indices where form == .cadre || self.day(of: bound[index], values) == day {
                if let increment = increment(of: index, values) { partial.addToEvidence(increment) }
            }
        }
    }

    /// What a row adds to a measure; `nil` where it does not count.
    private func increment(of index: Int, _ values: Row) -> FactPartial.Increment? {
        let measure = bound[index]
        guard measure.condition?.holds(for: values) ?? true, let month = values[measure.month].day?.month.index else { return nil }
        var sums = Sums(count: 1)
        if let field = measure.value {
            guard let number = values[field].number else { return nil }
            sums.sum = number
            sums.sumOfSquares = number * number
        }
        return FactPartial.Increment(measure: Int32(index), month: month, sums: sums)
    }

    private func day(of measure: BoundMeasure, _ values: Row) -> Int32 { values[measure.on].day?.dayNumber ?? FactPartial.noDay }

    /// Whether a row would count if only it had its date.
    private func isUndated(_ values: Row) -> Bool {
        if bound.isEmpty { return eventField.map { values[$0].isMissing } ?? false }
        return bound.contains { values[$0.month].isMissing && ($0.condition?.holds(for: values) ?? true) }
    }

    private func target(_ values: Row, _ parser: RowParser, _ partial: inout FactPartial) -> (TargetForm, Int32)? {
        for target in targets where target.isWritten({ !values[$0].isMissing }) {
            return (target.form, partial.intern(target.form, parser.texts(target.fields)))
        }
        return nil
    }

    private func sightNobody(at position: Position, _ partial: inout FactPartial) {
        let target = partial.intern(.cadre, RowParser.noText)
        partial.sight(FactPartial.TargetDay(target: target, day: FactPartial.noDay), at: position)
    }
}

extension FieldValue {
    /// The number of an integer or decimal, in its own unit.
    var number: Int64? {
        switch self {
        case .integer(let number), .decimal(let number): number
        default: nil
        }
    }
}

extension SourceRole {
    /// Whether a row that names a unit and nobody in it is complete: reforms are filed by units, and television asks them.
    var isOftenAboutUnits: Bool { self == .riskFilings || self == .mediaInquiries }
}
