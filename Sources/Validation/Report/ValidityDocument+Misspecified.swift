extension ValidityDocument {
    var misspecified: String {
        var table = MarkdownTable(
            "worlds", "realised at 10%", "over the promise", "φ over \(number(Checks.dispersionAtLeast, digits: 1)) (rates)", "tails not normal",
            "fifth indicator: σ = 0", "fifth indicator: no company", "exposure follows standing (rates)")
        for summary in result.scenarios {
            let promise = summary.promises[1]
            let alone = Double(summary.results.count { $0.checks.isAlone }) / Double(max(1, summary.worlds))
            table.add(
                summary.scenario.title, percent(promise.model.falseShare.mean), points(promise.model.falseShare.mean - promise.promised),
                share(summary.share({ $0.clusteredCells }, of: { $0.rateCells })), share(summary.share({ $0.farCells }, of: { $0.fittedCells })),
                share(summary.share({ $0.silentCells }, of: { $0.fifthCells })), percent(alone, digits: 0),
                share(summary.share({ $0.exposedRates }, of: { $0.rates })))
        }
        return """
            ## Where the model is wrong: how far the promise breaks, and what notices

            \(table.text)

            Shares of the groups and indicators (for company: of the worlds; for exposure: of the rates) in which a check raises its voice. The row "as assumed" gives \
            the false alarms of each check, and the row of small groups how much of it depends on the size of a group.

            - **φ**: the dispersion of the months, by group and indicator; published with every fit. Over \(number(Checks.dispersionAtLeast, digits: 1)), events come in clusters. \
            The model then discounts them by itself.
            - **Tails not normal**: the model's own goodness check, by group and indicator: the fourth moment of the standings, seen through what was observed, is too far from \
            that of a normal distribution (`Goodness`).
            - **σ = 0**: peers differ no more than chance has them differ. The indicator moves nobody there, which is right; it should be asked why it is weighed.
            - **No company**: the estimated correlation of the indicator with each other one is under \(number(Checks.companyAtLeast, digits: 1)). Whether it measures the standing that it is weighed for \
            is then a question for people.
            - **Exposure follows standing**: the correlation within groups of exposure and posterior mean is over \(number(Checks.exposureAtMost, digits: 2)) (computed by this study).

            \(result.scenarios.filter { !$0.scenario.isRequired }.map(sentence).joined(separator: "\n"))
            """
    }

    private func sentence(_ summary: ScenarioSummary) -> String {
        let worst = summary.promises.max { $0.model.falseShare.mean - $0.promised < $1.model.falseShare.mean - $1.promised }
        guard let worst else { return "" }
        let found = "realised \(percent(worst.model.falseShare)) at a promised \(percent(worst.promised, digits: 0))"
        let excess = worst.model.falseShare.mean - worst.promised
        let verdict = excess > 0.02 ? "The promise **breaks**: at worst \(found)" : "The promise holds within 2 points: at worst \(found)"
        return "- *\(summary.scenario.title)*: \(verdict), \(points(excess)); recall \(percent(worst.recallRatio.mean)) of the oracle's."
    }

    var limits: String {
        """
        ## What this does not show

        - The promise is about the truth that the indicators measure. If an indicator measures something else, no calculation on its numbers can know (see the row).
        - It is an average over the flagged: the wrong names are mostly among the least probable. Each flag carries its own probability.
        - μ, σ, φ and R are taken as known once estimated, and posteriors as normal (Laplace). What that costs is in the difference between the model's and the oracle's rows, and in the \
        coverage of the intervals; it grows as groups shrink.
        - "Missing" here means missing for no reason that matters. Reports that are withheld because they are bad are another matter.
        - Worlds are independent of one another, people within a world are independent given the truth. Shared shocks of a unit or a year are not among the scenarios.
        """
    }

    private func share(_ value: Double?) -> String {
        value.map { percent($0) } ?? "–"
    }

    /// 0.0123 as +1.2 points.
    private func points(_ value: Double) -> String {
        let text = number(100 * value, digits: 1)
        return (text.hasPrefix("-") ? "−" + text.dropFirst() : "+" + text) + " points"
    }
}
