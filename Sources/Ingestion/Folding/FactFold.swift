import PipelineModel

/// A contract's measures, bound to places in a row: writes down what rows add, one at a time.
///
/// A class, because a copy would count references to all it holds, for every row.
final class FactFold: Sendable {
    let measures: [MeasureUnit]
    private let bound: [BoundMeasure]
    private let conditions: RowConditions
    /// Of the measures' conditions.
    private let table: ConditionTable
    /// The fields whose months measures count in.
    private let monthFields: [Int]
    private let targets: [BoundTarget]
    private let recordField: Int?
    private let eventField: Int?
    private let reformField: Int?
    /// Of which days after tonight do not count.
    let freshnessField: Int?
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
        table = ConditionTable(conditions, starts: bound.map(\.condition))
        monthFields = Set(bound.map(\.month)).sorted()
        targets = contract.targets.map { BoundTarget(form: $0, fields: RowParser.Joined($0.fields.compactMap { role.index(of: $0) })) }
        recordField = role.recordField.flatMap { role.index(of: $0) }
        eventField = role.eventDateField.flatMap { role.index(of: $0) }
        let mapped = Set(contract.columns.map(\.field))
        reformField = mapped.contains("reform") ? role.index(of: "reform") : nil
        freshnessField = contract.freshness.flatMap { role.index(of: $0.field) }
        seesTargets = contract.keep == .facts
        listsNobody = contract.keep == .facts && !contract.targets.isEmpty && !role.isOftenAboutUnits
        self.asOf = asOf
    }

    /// How the row that the parser holds names whom it is about.
    struct Written {
        let form: TargetForm
        /// Among the targets of the log.
        let target: Int32
    }

    /// Folds the row that the parser holds, after what was not yet known has been veiled.
    ///
    /// - Parameter written: How it names whom it is about; `nil` where it names nobody.
    func add(_ parser: RowParser, _ written: Written?, at position: Position, to log: inout LogWriter) {
        let values = parser.values
        if isUndated(parser) { log.noteUndatedRow() }
        if let freshnessField, let day = values[freshnessField].dayNumber { log.note(fresh: day, on: asOf.dayNumber) }
        guard let written else {
            if listsNobody { log.sight(log.intern(.cadre, RowParser.noText), on: FactPartial.noDay, line: position.line) }
            return
        }
        var hasAdverse = false
        var seenOn = day(parser)
        bound.withUnsafeBufferPointer { bound in
            // Most measures of a row share a day and a month: they are written down together.
            var open = WrittenLog.Count(target: written.target, day: 0, month: 0, bank: 0, measures: 0)
            var holding = holding(parser)
            while let index = next(&holding, parser) {
                let measure = bound[index]
                guard let (month, value) = counted(measure, parser) else { continue }
                let on = day(of: measure, values)
                if measure.isAdverse { (hasAdverse, seenOn) = (true, on) }
                let day = written.form == .cadre ? FactPartial.noDay : on
                if measure.rater >= 0 && !values[measure.rater].isMissing {
                    log.mark(written.target, on: day, by: parser.text(measure.rater), month: month, measure: index, value: value ?? 0)
                } else if let value {
                    log.add(
                        WrittenLog.Value(value: value, target: written.target, day: day, month: month, measure: Int32(truncatingIfNeeded: index)))
                } else {
                    let (bank, bit) = index.quotientAndRemainder(dividingBy: CadreLog.Count.measuresInBank)
                    if open.measures == 0 || open.day != day || Int32(open.month) != month || Int(open.bank) != bank {
                        if open.measures != 0 { log.add(open) }
                        open = WrittenLog.Count(
                            target: written.target, day: day, month: Int16(truncatingIfNeeded: month), bank: Int16(truncatingIfNeeded: bank), measures: 0)
                    }
                    open.measures |= 1 << UInt32(bit)
                }
            }
            if open.measures != 0 { log.add(open) }
        }
        if seesTargets { log.sight(written.target, on: written.form == .cadre ? FactPartial.noDay : seenOn, line: position.line) }
        if hasAdverse { addEvidence(parser, position, written, to: &log) }
    }

    /// Evidence of one row: one entry, or, where its measures look for the holders of different days, one for each adverse day.
    private func addEvidence(_ parser: RowParser, _ position: Position, _ written: Written, to log: inout LogWriter) {
        let reform = reformField.map { parser.text($0) } ?? RowParser.noText
        var days: [Int32] = []
        let all = holding(parser)
        var holding = all
        while let index = next(&holding, parser) {
            guard bound[index].isAdverse, counted(bound[index], parser) != nil else { continue }
            let on = day(of: bound[index], parser.values)
            if !days.contains(on), written.form != .cadre || days.isEmpty { days.append(on) }
        }
        for day in days {
            log.beginEvidence(
                position, target: written.target, day: day, recordID: recordField.map { parser.text($0) } ?? RowParser.noText, reform: reform)
            // Only what was added for the same holder may later be subtracted from them.
            holding = all
            while let index = next(&holding, parser) {
                guard written.form == .cadre || self.day(of: bound[index], parser.values) == day, let (month, value) = counted(bound[index], parser)
                else { continue }
                log.addToEvidence(FactPartial.Increment(measure: Int32(truncatingIfNeeded: index), month: month, sums: Sums(of: value ?? 0)))
            }
        }
    }

    /// The measures whose conditions hold for a row, as far as they have been passed.
    private struct Holding {
        /// A bit for each of those left, where there is a table.
        var left: UInt64
        /// The next measure to be asked, where there is none.
        var index = 0
    }

    @inline(__always)
    private func holding(_ parser: RowParser) -> Holding { Holding(left: table.isWhole ? table.holding(for: parser, conditions) : 0) }

    /// Goes to the next measure whose condition holds; `nil` after the last.
    @inline(__always)
    private func next(_ holding: inout Holding, _ parser: RowParser) -> Int? {
        if table.isWhole {
            guard holding.left != 0 else { return nil }
            defer { holding.left &= holding.left - 1 }
            return holding.left.trailingZeroBitCount
        }
        while holding.index < bound.count {
            holding.index += 1
            if conditions.hold(from: bound[holding.index - 1].condition, for: parser) { return holding.index - 1 }
        }
        return nil
    }

    /// The month in which a row counts for which a measure's condition holds, and the value that it adds where the measure has one; `nil` where it does not count.
    @inline(__always)
    private func counted(_ measure: BoundMeasure, _ parser: RowParser) -> (month: Int32, value: Int64?)? {
        let month = parser.values[measure.month]
        guard month.kind == .date || month.kind == .timestamp else { return nil }
        if measure.value < 0 { return (month.month, nil) }
        return parser.values[measure.value].quantity.map { (month.month, $0) }
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
    func written(_ parser: RowParser, in log: inout LogWriter) -> Written? {
        for target in targets where target.isWritten({ !parser.values[$0].isMissing }) {
            return Written(form: target.form, target: log.intern(target.form, parser.texts(target.fields)))
        }
        return nil
    }

    /// The day on which the row's target is looked for.
    func day(_ parser: RowParser) -> Int32 { eventField.flatMap { parser.values[$0].dayNumber } ?? FactPartial.noDay }
}

extension SourceRole {
    /// Whether a row that names a unit and nobody in it is complete: reforms are filed by units, and television asks them.
    var isOftenAboutUnits: Bool { self == .riskFilings || self == .mediaInquiries }
}
