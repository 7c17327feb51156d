import PipelineModel
import Statistics
import Warehouse

extension SchemeModel {
    /// What failed or does not hold. Of the window before, only what failed: the rest is told of the present one.
    func findings(_ window: AppraisalWindow) -> [Finding] {
        let suffix = window == .previous ? " (window before)" : ""
        var findings: [Finding] = []
        func add(_ check: Finding.Check, _ severity: Finding.Severity, _ indicator: String?, value: String? = nil, _ message: String, _ hint: String) {
            guard severity == .error || window == .current else { return }
            findings.append(
                Finding(
                    check, severity, at: .init(file: scheme.configurationFile, field: indicator), value: value,
                    message: "\(scheme.kind.rawValue): \(message)\(suffix)", hint: hint))
        }
        if !isObserved.contains(true) {
            add(
                .indicatorWithoutObservations, .warning, nil, "nobody was observed on any indicator, so nobody is judged",
                "see whether the sources of the indicators were delivered")
            return findings
        }
        for (index, planned) in indicators.enumerated() {
            let id = planned.indicator.id
            if !isObserved[index], scheme.weights[index].weight > 0 {
                add(
                    .indicatorWithoutObservations, .note, id, "nobody was observed on \(id); its weight was given to the other indicators",
                    "see whether its source was delivered, or take it out of the scheme")
            }
            if observed.impossible[index] > 0 {
                add(
                    .moreEventsThanTrials, .error, id, value: "\(observed.impossible[index])",
                    "\(observed.impossible[index]) people have more events than trials on \(id), and are not judged on it",
                    "every row that the events' measure counts must be counted by the trials' measure too; mend the measures")
            }
            let silent = silentGroups[index]
            if silent > 0 {
                add(
                    .noSamplingVariance, .warning, id, value: "\(silent)",
                    "in \(silent) peer groups nobody has two different values of \(id): nothing tells how much of it is chance, so nobody there is judged on it",
                    "deliver the single values rather than one mean of each person")
            }
        }
        guard let model else {
            add(
                .correlationNotConverged, .error, nil, "the correlation of the indicators could not be found; nobody of the scheme is judged",
                "look at peer_groups.csv for indicators whose spread is out of all proportion")
            return findings
        }
        if !model.isConverged {
            add(
                .correlationNotConverged, .error, nil, "the correlation of the indicators is known to 0.001 only; judgements near the line are not certain",
                "look at correlations.csv for indicators that say the same, and weigh one of them")
        }
        for (index, planned) in indicators.enumerated() {
            let id = planned.indicator.id
            if model.unpooled.contains(index) {
                add(
                    .spreadsNotPooled, .note, id,
                    "the spreads of the peer groups on \(id) could not be pooled; each group keeps its own, which is less certain",
                    "look at own_spread in peer_groups.csv: the groups may differ out of all proportion")
            }
            var few = 0
            for (group, name) in groupIDs.enumerated() {
                let fit = model.fits[group * indicators.count + index]
                switch fit.convergence {
                case .failed:
                    add(
                        .indicatorNotFitted, .error, id, value: name, "the peers of \(name) could not be fitted on \(id); nobody there is judged on it",
                        "look at the observations of the group: nearly all of its members may have all events or none")
                case .tooFewObserved where fit.people > 0: few += 1
                case .converged, .noSpread, .tooFewObserved: break
                }
                guard let goodness = fit.goodness, goodness.isFar else { continue }
                let tails = goodness.ratio > 1 ? "heavier" : "lighter"
                add(
                    .standingsNotNormal, .warning, id, value: name,
                    "on \(id) the tails of \(name) are \(tails) than the model's: \(shown(goodness.ratio)) instead of 1, give or take \(shown(goodness.standardError))",
                    "more names than promised may be wrong there; look whether unlike posts share the group, or a source counts some people twice")
            }
            if few > 0 {
                add(
                    .tooFewObserved, .note, id, value: "\(few)",
                    "in \(few) peer groups fewer than \(PeerFit.minimumObserved) people were observed on \(id), and nobody there is judged on it",
                    "nothing, if the indicator is rare there")
            }
        }
        return window == .current ? findings + checkFindings() : findings
    }

    /// Two decimals, for a person.
    func shown(_ number: Double) -> String {
        let hundredths = Int((min(number.magnitude, 1e9) * 100).rounded())
        return (number < 0 ? "-" : "") + "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
    }
}

extension Finding.Check {
    fileprivate static let indicatorWithoutObservations: Self = "IndicatorWithoutObservations"
    fileprivate static let moreEventsThanTrials: Self = "MoreEventsThanTrials"
    fileprivate static let noSamplingVariance: Self = "NoSamplingVariance"
    fileprivate static let correlationNotConverged: Self = "CorrelationNotConverged"
    fileprivate static let indicatorNotFitted: Self = "IndicatorNotFitted"
    fileprivate static let standingsNotNormal: Self = "StandingsNotNormal"
    fileprivate static let spreadsNotPooled: Self = "SpreadsNotPooled"
    fileprivate static let tooFewObserved: Self = "TooFewObserved"
}
