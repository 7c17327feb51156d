/// Reads the indicators' file.
struct IndicatorReader {
    let catalogue: SourceCatalogue
    let problems: ConfigurationProblems

    /// The indicators, also those with a fault, so that schemes that weigh them are not reported too.
    func read(_ root: YAMLNode) -> [Indicator] {
        var indicators: [Indicator] = []
        var lines: [String: Int] = [:]
        for section in YAMLSection<IndicatorsKey>(root, problems).sections(.indicators, IndicatorKey.self) {
            let observation = observation(section)
            guard let id = section.text(.id) else { continue }
            if let line = lines[id] {
                problems.report(
                    .duplicateID, at: section.place(.id), value: id, "the indicator \(id) is there already, in line \(line)", hint: "give each its own id")
                continue
            }
            lines[id] = section.place(.id).line
            indicators.append(
                Indicator(
                    id: id, label: section.label(.label), dimension: section.choice(.dimension, Dimension.self) ?? .achievement, observation: observation,
                    moreIsBetter: section.text(.better) == "more"))
        }
        return indicators
    }

    private func observation(_ section: YAMLSection<IndicatorKey>) -> Indicator.Observation {
        guard let family = section.text(.family) else { return .ratePerMonth(events: "") }
        let needed: [IndicatorKey] =
            switch family {
            case "rate": [.events, .exposure]
            case "share": [.events, .trials]
            default: [.values]
            }
        for key in [IndicatorKey.events, .exposure, .trials, .values] {
            switch (needed.contains(key), section.isWritten(key)) {
            case (true, false):
                problems.report(
                    .missingKey, at: section.place, value: key.rawValue, "the key `\(key.rawValue)` is missing, which the family \(family) needs",
                    hint: "it says: \(key.declaration.meaning)")
            case (false, true):
                problems.report(
                    .conflictingKeys, at: section.place(key), "the family \(family) has no `\(key.rawValue)`", hint: "remove it, or choose another family")
            default: break
            }
            guard needed.contains(key), let measure = section.text(key), !(key == .exposure && measure == "months") else { continue }
            catalogue.checkMeasure(measure, needsValue: key == .values, at: section.place(key))
        }
        let events = section.text(.events) ?? ""
        switch family {
        case "rate":
            let exposure = section.text(.exposure) ?? "months"
            return exposure == "months" ? .ratePerMonth(events: events) : .rate(events: events, exposure: exposure)
        case "share": return .share(events: events, trials: section.text(.trials) ?? "")
        default: return .mean(values: section.text(.values) ?? "")
        }
    }
}
