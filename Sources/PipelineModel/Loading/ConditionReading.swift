/// Reads conditions and checks them against the fields they look at.
struct ConditionReader {
    let fields: MappedFields
    /// Whether `asOf` may be asked for: in triggers. A contract's folds must not depend on it.
    let allowsAsOf: Bool
    /// Whether texts are known only as written or not: in contracts that keep facts.
    let keepsFacts: Bool

    private var problems: ConfigurationProblems { fields.problems }

    /// The condition, without the parts that are wrong, which are reported; `nil` where nothing is left.
    func read(_ node: YAMLNode) -> Condition? {
        let section = YAMLSection<ConditionKey>(node, problems)
        guard node.isSection else { return nil }
        let operators = ConditionKey.allCases.filter { $0 != .field && section.isWritten($0) }
        guard let key = operators.first, operators.count == 1 else {
            let found = operators.isEmpty ? "the condition compares with nothing" : "the condition has \(names(operators)) at once"
            problems.report(
                operators.isEmpty ? .missingKey : .conflictingKeys, at: node.place, found,
                hint: "write exactly one of \(names(ConditionKey.allCases.filter { $0 != .field })); join conditions with all: or any:")
            return nil
        }
        switch key {
        case .all, .any, .not:
            if section.isWritten(.field) {
                problems.report(
                    .conflictingKeys, at: section.place(.field), "`\(key.rawValue)` joins conditions and has no field of its own",
                    hint: "move the field into them")
            }
            return readJoint(key, section)
        default: return readComparison(key, section)
        }
    }

    private func readJoint(_ key: ConditionKey, _ section: YAMLSection<ConditionKey>) -> Condition? {
        guard let node = section.node(key) else { return nil }
        if key == .not { return read(node).map(Condition.not) }
        if node.items.isEmpty, case .list = node.content {
            problems.report(.missingKey, at: node.place, "`\(key.rawValue)` has no conditions", hint: "write at least one")
        }
        let parts = node.items.compactMap(read)
        return key == .all ? .all(parts) : .any(parts)
    }

    private func readComparison(_ key: ConditionKey, _ section: YAMLSection<ConditionKey>) -> Condition? {
        guard let name = section.text(.field) else {
            if !section.isWritten(.field) { problems.report(.missingKey, at: section.place, "the condition names no `field`") }
            return nil
        }
        guard let field = fields.field(name, at: section.place(.field)), let value = section.node(key) else { return nil }
        if keepsFacts, field.type.isText, key != .missing {
            problems.report(
                .textConditionOnFacts, at: section.place(.field), value: name,
                "\(name) is text, which a contract with `keep: facts` knows only as written or missing", hint: "ask for `missing`, or keep rows")
        }
        let place = value.place
        switch key {
        case .is: return checked(.isOne(field: name, of: [value.scalar ?? ""]), place)
        case .in:
            let values = value.items
            if values.isEmpty { problems.report(.missingKey, at: place, "`in` has no values", hint: "write at least one") }
            for value in values { _ = checked(.isOne(field: name, of: [value.scalar ?? ""]), value.place) }
            return .isOne(field: name, of: values.compactMap(\.scalar))
        case .missing: return section.flag(.missing) == false ? .not(.missing(field: name)) : .missing(field: name)
        case .before: return operand(value).flatMap { checked(.before(field: name, $0), place) }
        case .after: return operand(value).flatMap { checked(.after(field: name, $0), place) }
        case .within:
            guard let within = section.section(.within, WithinKey.self), let days = within.integer(.days), let other = within.text(.of),
                fields.field(other, at: within.place(.of)) != nil
            else { return nil }
            return checked(.within(field: name, days: days, of: other), place)
        case .atLeast: return section.number(.atLeast).flatMap { checked(.atLeast(field: name, $0), place) }
        case .atMost: return section.number(.atMost).flatMap { checked(.atMost(field: name, $0), place) }
        case .field, .all, .any, .not: return nil
        }
    }

    /// The other side of `before` and `after`.
    private func operand(_ node: YAMLNode) -> Condition.DateOperand? {
        if node.isSection {
            let section = YAMLSection<OtherFieldKey>(node, problems)
            guard let name = section.text(.field), fields.field(name, at: section.place(.field)) != nil else { return nil }
            return .field(name)
        }
        if node.scalar == "asOf" {
            if !allowsAsOf {
                problems.report(
                    .asOfInContract, at: node.place, value: "asOf",
                    "a contract must not depend on the as-of date, or its facts could not be kept for another night",
                    hint: "compare with a day or another field; `known:` leaves out what came later")
            }
            return .asOf
        }
        guard let text = node.scalar else {
            problems.report(.wrongType, at: node.place, "here stands \(node.kind), but it must be a day, asOf or {field: other}")
            return nil
        }
        guard let day = CalendarDate(iso: text) else {
            problems.report(
                .invalidDate, at: node.place, value: text, "\(text) is neither a day of the calendar nor `asOf`",
                hint: "write a day as 2025-11-03, or {field: other}")
            return nil
        }
        return .date(day)
    }

    /// One comparison, if its field allows it.
    private func checked(_ condition: Condition, _ place: YAMLPlace) -> Condition? {
        do {
            _ = try BoundCondition(condition, fields: fields.set, asOf: CalendarDate(dayNumber: 0))
            return condition
        } catch {
            switch error {
            case .unknownField: problems.report(.unknownField, at: place, error.description)
            case .unknownCode(let field, let code, let known):
                let meant = fields.code(ofWord: code, in: field) ?? NearestName.of(code, among: known)
                problems.report(.unknownValue, at: place, value: code, error.description, hint: meant.map { "did you mean `\($0)`?" })
            case .wrongType:
                problems.report(.fieldOfOtherType, at: place, error.description, hint: "compare it by another key: docs/configuration.md, Conditions")
            }
            return nil
        }
    }

    private func names(_ keys: [ConditionKey]) -> String { keys.map { "`\($0.rawValue)`" }.joined(separator: ", ") }
}
