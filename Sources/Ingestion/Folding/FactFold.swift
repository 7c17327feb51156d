import PipelineModel

/// A contract's measures, bound to places in a row: folds rows into a partial, one at a time.
struct FactFold: Sendable {
    private struct BoundMeasure: Sendable {
        let month: Int
        let on: Int
        let condition: BoundCondition?
        let value: Int?
        let isAdverse: Bool
        let rater: Int?
    }

    private struct BoundTarget: Sendable {
        let form: TargetForm
        let fields: [Int]
    }

    let measures: [MeasureUnit]
    private let bound: [BoundMeasure]
    private let targets: [BoundTarget]
    private let recordField: Int?
    private let eventField: Int?
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
        targets = contract.targets.map { BoundTarget(form: $0, fields: $0.fields.compactMap { role.index(of: $0) }) }
        recordField = role.recordField.flatMap { role.index(of: $0) }
        eventField = role.eventDateField.flatMap { role.index(of: $0) }
        freshnessField = contract.freshness.flatMap { role.index(of: $0.field) }
        seesTargets = contract.keep == .facts
        listsNobody = contract.keep == .facts && !contract.targets.isEmpty && !role.isOftenAboutUnits
        self.asOf = asOf
    }

    /// Folds the row that the parser holds.
    ///
    /// - Parameter values: The parsed row, after what was not yet known has been veiled.
    func add(_ values: [FieldValue], of parser: RowParser, at position: Position, to partial: inout FactPartial) {
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
            let cell = FactPartial.Cell(target: target, measure: Int32(index), month: increment.month, day: day)
            partial.add(increment.sums, to: cell)
            if let rater = bound[index].rater, !values[rater].isMissing {
                let place = parser.withText(rater) { partial.internRater($0) }
                partial.add(increment.sums, to: FactPartial.Rating(cell: cell, rater: place))
            }
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
        _ values: [FieldValue], _ parser: RowParser, _ position: Position, _ form: TargetForm, _ target: Int32, _ partial: inout FactPartial
    ) {
        let recordID = recordField.map { field in parser.withText(field) { String(decoding: $0, as: UTF8.self) } }
        var days: [Int32] = []
        for (index, measure) in bound.enumerated() where measure.isAdverse && increment(of: index, values) != nil {
            let on = day(of: measure, values)
            if !days.contains(on), form != .cadre || days.isEmpty { days.append(on) }
        }
        for day in days {
            // Only what was added for the same holder may later be subtracted from them.
            let increments = bound.indices.filter { form == .cadre || self.day(of: bound[$0], values) == day }.compactMap { increment(of: $0, values) }
            partial.add(
                FactPartial.Evidence(
                    position: position, recordID: recordID?.isEmpty == true ? nil : recordID, target: target, day: day, increments: increments))
        }
    }

    /// What a row adds to a measure; `nil` where it does not count.
    private func increment(of index: Int, _ values: [FieldValue]) -> FactPartial.Increment? {
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

    private func day(of measure: BoundMeasure, _ values: [FieldValue]) -> Int32 { values[measure.on].day?.dayNumber ?? FactPartial.noDay }

    /// Whether a row would count if only it had its date.
    private func isUndated(_ values: [FieldValue]) -> Bool {
        if bound.isEmpty { return eventField.map { values[$0].isMissing } ?? false }
        return bound.contains { values[$0.month].isMissing && ($0.condition?.holds(for: values) ?? true) }
    }

    private func target(_ values: [FieldValue], _ parser: RowParser, _ partial: inout FactPartial) -> (TargetForm, Int32)? {
        for target in targets where target.fields.allSatisfy({ !values[$0].isMissing }) {
            return (target.form, parser.withTexts(target.fields) { partial.intern(target.form, $0) })
        }
        return nil
    }

    private func sightNobody(at position: Position, _ partial: inout FactPartial) {
        let nobody = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let target = partial.intern(.cadre, nobody)
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
