import PipelineModel

/// A contract's measures, bound to places in a row: folds rows into a partial, one at a time.
struct FactFold: Sendable {
    private struct BoundMeasure: Sendable {
        let month: Int
        let on: Int
        let condition: BoundCondition?
        let value: Int?
        let isAdverse: Bool
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
    private let seesTargets: Bool

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
            bound.append(BoundMeasure(month: month, on: on, condition: condition, value: value, isAdverse: measure.adverse))
        }
        self.measures = measures
        self.bound = bound
        targets = contract.targets.map { BoundTarget(form: $0, fields: $0.fields.compactMap { role.index(of: $0) }) }
        recordField = role.recordField.flatMap { role.index(of: $0) }
        eventField = role.eventDateField.flatMap { role.index(of: $0) }
        freshnessField = contract.freshness.flatMap { role.index(of: $0.field) }
        seesTargets = contract.keep == .facts
    }

    /// Folds the row that the parser holds.
    ///
    /// - Parameter values: The parsed row, after what was not yet known has been veiled.
    func add(_ values: [FieldValue], of parser: RowParser, at position: Position, to partial: inout FactPartial) {
        if isUndated(values) { partial.noteUndatedRow() }
        if let freshnessField, let day = values[freshnessField].day { partial.note(newest: day) }
        guard let (form, target) = target(values, parser, &partial) else {
            if seesTargets, !targets.isEmpty { sightNobody(values, at: position, &partial) }
            return
        }
        var increments: [FactPartial.Increment] = []
        var isAdverse = false
        var eventDay = eventField.flatMap { values[$0].day?.dayNumber } ?? FactPartial.noDay
        for (index, measure) in bound.enumerated() {
            guard measure.condition?.holds(for: values) ?? true, let month = values[measure.month].day?.month.index else { continue }
            let on = values[measure.on].day?.dayNumber ?? FactPartial.noDay
            var sums = Sums(count: 1)
            if let field = measure.value {
                guard let number = values[field].number else { continue }
                sums.sum = number
                sums.sumOfSquares = number * number
            }
            let day = form == .cadre ? FactPartial.noDay : on
            partial.add(sums, to: FactPartial.Cell(target: target, measure: Int32(index), month: month, day: day))
            increments.append(FactPartial.Increment(measure: Int32(index), month: month, sums: sums))
            if measure.isAdverse {
                isAdverse = true
                eventDay = on
            }
        }
        if seesTargets {
            let day = form == .cadre ? FactPartial.noDay : eventDay
            partial.sight(FactPartial.TargetDay(target: target, day: day), at: position)
        }
        if isAdverse {
            let recordID = recordField.map { field in parser.withText(field) { String(decoding: $0, as: UTF8.self) } }
            partial.add(
                FactPartial.Evidence(
                    position: position, recordID: recordID?.isEmpty == true ? nil : recordID, target: target, day: eventDay, increments: increments))
        }
    }

    /// Whether a row would count if only it had its date.
    private func isUndated(_ values: [FieldValue]) -> Bool {
        if bound.isEmpty { return eventField.map { values[$0].day == nil } ?? false }
        return bound.contains { values[$0.month].day == nil && ($0.condition?.holds(for: values) ?? true) }
    }

    private func target(_ values: [FieldValue], _ parser: RowParser, _ partial: inout FactPartial) -> (TargetForm, Int32)? {
        for target in targets where target.fields.allSatisfy({ values[$0] != .missing }) {
            if target.fields.count == 1 {
                return (target.form, parser.withText(target.fields[0]) { partial.intern(target.form, $0) })
            }
            var key: [UInt8] = []
            for (place, field) in target.fields.enumerated() {
                if place > 0 { key.append(TargetTable.separator) }
                parser.withText(field) { key.append(contentsOf: $0) }
            }
            return (target.form, key.withUnsafeBufferPointer { partial.intern(target.form, $0) })
        }
        return nil
    }

    private func sightNobody(_ values: [FieldValue], at position: Position, _ partial: inout FactPartial) {
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
