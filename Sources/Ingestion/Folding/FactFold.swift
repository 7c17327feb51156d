import PipelineModel

/// A contract's measures, bound to places in a row: folds rows into a partial, one at a time.
struct FactFold: Sendable {
    /// A measure by places in the row: numbers alone, because a reference would be counted for each measure of each row.
    private struct BoundMeasure: Sendable {
        let month: Int
        let on: Int
        /// The first step of its condition.
        let condition: Int32
        /// Below zero where rows are only counted.
        let value: Int
        let isAdverse: Bool
        /// Below zero where there is none.
        let rater: Int
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
    private let conditions: RowConditions
    /// The fields whose months measures count in.
    private let monthFields: [Int]
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
        var conditions = RowConditions()
        for measure in contract.measures {
            guard let month = role.index(of: measure.month), let on = role.index(of: measure.on) else {
                throw ConditionError.unknownField(measure.month, role: role.rawValue, known: role.fields.map(\.name))
            }
            let value = measure.value.flatMap { role.index(of: $0) }
            var decimals = 0
            if let value, case .decimal(let count) = role.fields[value].type { decimals = count }
            var condition = RowConditions.always
            if let written = measure.condition { condition = conditions.add(try BoundCondition(written, role: role, asOf: asOf)) }
            measures.append(MeasureUnit(name: measure.name, decimals: decimals))
            bound.append(
                BoundMeasure(
                    month: month, on: on, condition: condition, value: value ?? -1, isAdverse: measure.adverse,
                    rater: measure.rater.flatMap { role.index(of: $0) } ?? -1))
        }
        self.measures = measures
        self.bound = bound
        self.conditions = conditions
        monthFields = Set(bound.map(\.month)).sorted()
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

    /// Folds the row that the parser holds, after what was not yet known has been veiled.
    func add(_ parser: RowParser, at position: Position, to partial: inout FactPartial) {
        let values = parser.values
        if isUndated(parser) { partial.noteUndatedRow() }
        // A day after tonight is a plan or a slip: it does not make an export fresh.
        if let freshnessField, let day = values[freshnessField].dayNumber, day <= asOf.dayNumber { partial.note(newest: day) }
        guard let written = written(parser) else {
            if listsNobody { sightNobody(at: position, &partial) }
            return
        }
        let (form, target) = (written.form, partial.intern(written.form, written.text))
        var hasAdverse = false
        var seenOn = day(parser)
        bound.withUnsafeBufferPointer { bound in
            // Most measures of a row share a month and a day, and so a line.
            var (line, lineMonth, lineDay) = (-1, Int32.min, Int32.min)
            for index in bound.indices {
                let measure = bound[index]
                guard let increment = increment(of: index, measure, parser) else { continue }
                let on = form == .cadre && !measure.isAdverse ? FactPartial.noDay : day(of: measure, values)
                let day = form == .cadre ? FactPartial.noDay : on
                if line < 0 || lineMonth != increment.month || lineDay != day {
                    line = partial.line(target: target, month: increment.month, day: day)
                    (lineMonth, lineDay) = (increment.month, day)
                }
                partial.add(increment, at: line)
                if measure.rater >= 0, !values[measure.rater].isMissing { partial.add(increment, line: line, rater: parser.text(measure.rater)) }
                if measure.isAdverse {
                    hasAdverse = true
                    seenOn = on
                }
            }
        }
        if seesTargets {
            partial.sight(FactPartial.TargetDay(target: target, day: form == .cadre ? FactPartial.noDay : seenOn), at: position)
        }
        if hasAdverse { addEvidence(parser, position, form, target, &partial) }
    }

    /// Evidence of one row: one entry, or, where its measures look for the holders of different days, one for each adverse day.
    private func addEvidence(_ parser: RowParser, _ position: Position, _ form: TargetForm, _ target: Int32, _ partial: inout FactPartial) {
        let reform = reformField.map { parser.text($0) } ?? RowParser.noText
        var days: [Int32] = []
        for (index, measure) in bound.enumerated() where measure.isAdverse && increment(of: index, measure, parser) != nil {
            let on = day(of: measure, parser.values)
            if !days.contains(on), form != .cadre || days.isEmpty { days.append(on) }
        }
        for day in days {
            partial.beginEvidence(position, target: target, day: day, recordID: recordField.map { parser.text($0) } ?? RowParser.noText, reform: reform)
            // Only what was added for the same holder may later be subtracted from them.
            for (index, measure) in bound.enumerated() where form == .cadre || self.day(of: measure, parser.values) == day {
                if let increment = increment(of: index, measure, parser) { partial.addToEvidence(increment) }
            }
        }
    }

    /// What a row adds to a measure; `nil` where it does not count.
    @inline(__always)
    private func increment(of index: Int, _ measure: BoundMeasure, _ parser: RowParser) -> FactPartial.Increment? {
        let month = parser.values[measure.month]
        guard month.kind == .date || month.kind == .timestamp, conditions.hold(from: measure.condition, for: parser) else { return nil }
        var sums = Sums(count: 1)
        if measure.value >= 0 {
            guard let number = parser.values[measure.value].quantity else { return nil }
            sums.sum = number
            sums.sumOfSquares = number * number
        }
        return FactPartial.Increment(measure: Int32(truncatingIfNeeded: index), month: month.month, sums: sums)
    }

    @inline(__always)
    private func day(of measure: BoundMeasure, _ values: Row) -> Int32 { values[measure.on].dayNumber ?? FactPartial.noDay }

    /// Whether a row would count if only it had its date.
    private func isUndated(_ parser: RowParser) -> Bool {
        let values = parser.values
        if bound.isEmpty { return eventField.map { values[$0].isMissing } ?? false }
        guard monthFields.contains(where: { values[$0].isMissing }) else { return false }
        return bound.contains { values[$0.month].isMissing && conditions.hold(from: $0.condition, for: parser) }
    }

    /// How the row that the parser holds names whom it is about: the first form that is written; `nil` where none is.
    @inline(__always)
    func written(_ parser: RowParser) -> (form: TargetForm, text: UnsafeBufferPointer<UInt8>)? {
        for target in targets where target.isWritten({ !parser.values[$0].isMissing }) { return (target.form, parser.texts(target.fields)) }
        return nil
    }

    /// The day on which the row's target is looked for.
    func day(_ parser: RowParser) -> Int32 { eventField.flatMap { parser.values[$0].dayNumber } ?? FactPartial.noDay }

    private func sightNobody(at position: Position, _ partial: inout FactPartial) {
        let target = partial.intern(.cadre, RowParser.noText)
        partial.sight(FactPartial.TargetDay(target: target, day: FactPartial.noDay), at: position)
    }
}

extension SourceRole {
    /// Whether a row that names a unit and nobody in it is complete: reforms are filed by units, and television asks them.
    var isOftenAboutUnits: Bool { self == .riskFilings || self == .mediaInquiries }
}
