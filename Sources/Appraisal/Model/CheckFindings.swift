import PipelineModel
import Statistics

extension SchemeModel {
    /// What the groups of the scheme show together of a model that does not hold; of the present window.
    func checkFindings() -> [Finding] {
        guard let checks else { return [] }
        var findings: [Finding] = []
        for (index, planned) in indicators.enumerated() {
            let id = planned.indicator.id
            func add(_ check: Finding.Check, value: String, _ message: String, _ hint: String) {
                findings.append(
                    Finding(
                        check, .warning, at: .init(file: scheme.configurationFile, field: id), value: value, message: "\(scheme.kind.rawValue): \(message)",
                        hint: hint))
            }
            if let tails = checks.tails[index], tails.isFar {
                add(
                    .tailsNotNormal, value: shown(tails.ratio),
                    "over all peer groups the tails of \(id) are \(tails.ratio > 1 ? "heavier" : "lighter") than the model's: \(shown(tails.ratio)) instead of 1, give or take \(shown(tails.standardError))",
                    "more names than promised may be wrong, the fewer are promised the more so; look at the evidence of each before anything else")
            }
            if let exposure = checks.exposure[index], exposure.isFar {
                add(
                    .exposureFollowsStanding, value: shown(exposure.correlation),
                    "whoever does \(exposure.correlation > 0 ? "better" : "worse") on \(id) has more to do: the correlation within peer groups is \(shown(exposure.correlation))",
                    "a count may not grow in proportion to the work; look whether the exposure is the right one, and whether busy posts should be peers of others"
                )
            }
            if checks.isAlone[index] {
                add(
                    .indicatorWithoutCompany, value: id,
                    "\(id) goes with no other indicator: it differs between people, and by something else than the others do",
                    "see in correlations.csv; if it does not measure performance, it names the wrong people, and should weigh nothing")
            }
        }
        return findings
    }
}

extension Finding.Check {
    fileprivate static let tailsNotNormal: Self = "TailsNotNormal"
    fileprivate static let exposureFollowsStanding: Self = "ExposureFollowsStanding"
    fileprivate static let indicatorWithoutCompany: Self = "IndicatorWithoutCompany"
}
