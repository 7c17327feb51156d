import Statistics

extension ValidityDocument {
    var method: String {
        var indicators = MarkdownTable("indicator", "better", "weight", "σ of a group")
        for indicator in StudyWorld.indicators {
            indicators.add(
                indicator.name, indicator.direction == .higherIsBetter ? "more" : "less", number(indicator.weight, digits: 2),
                "\(number(indicator.spread.lowerBound, digits: 2)) to \(number(indicator.spread.upperBound, digits: 2))")
        }
        let makings = result.scenarios.map { "- **\($0.scenario.title)** (\($0.worlds) worlds, \(percent($0.ofConcern)) of concern): \($0.scenario.making)" }
        return """
            ## How it was tried

            A world is a city of 20 peer groups (160 of 30 people where groups are small) with five indicators over 12 months:

            \(indicators.text)

            Each world draws a correlation matrix R (one common factor, loadings of 0.4 to 0.8), and for each group and indicator a mean μ (normal, standard deviation \
            0.3 around the indicator's own) and a spread σ. Each person draws standings θ ~ N(0, R), exposures (lognormal, standard deviation 0.5 of the logarithm for \
            rates and 0.3 for the trials of shares) and, month by month, counts: Poisson(e·exp(μ + dσθ)), Binomial(n, logit⁻¹(μ + dσθ)); the mean is \
            Normal(μ + dσθ, v) with v known.

            The model is the pipeline's own code (`PeerModel` in `Sources/Appraisal`, φ by `Dispersion`): nothing is passed to it but observations, groups and weights. \
            It is asked for the longest list whose expected share of wrong names is at most the promised rate.

            **Of concern** is who has a true composite wᵀθ under the true line c = Φ⁻¹(\(number(WorldGenerator.concernShare, digits: 2)))·√(wᵀRw). The **false share** is the share of the \
            flagged who are not of concern, 0 in a world where nobody is flagged; pooled, it is all wrong names over all names. **Recall** is the share of those of \
            concern who are flagged. The **oracle** flags by the same rule, knowing μ, σ, φ, R and c: what it misses, nobody could find in these facts. Standard errors are over worlds.

            \(makings.joined(separator: "\n"))
            """
    }

    var recovery: String {
        guard let summary = result.scenarios.first(where: { $0.scenario == .asAssumed }) else { return "" }
        let recoveries = summary.results.map(\.recovery)
        let people = Double(max(1, recoveries.reduce(0) { $0 + $1.people }))
        func merged(_ path: (Recovery) -> Recovery.Errors) -> Recovery.Errors {
            recoveries.reduce(into: Recovery.Errors()) { $0.merge(path($1)) }
        }
        func standardError(_ path: (Recovery) -> Recovery.Errors) -> String {
            number(Estimate(recoveries.map { path($0).bias }).standardError, digits: 4)
        }
        var table = MarkdownTable("", "bias of μ ± s.e.", "r.m.s. error of μ", "bias of σ ± s.e.", "r.m.s. error of σ", "90% intervals of θ hold it")
        for (k, indicator) in StudyWorld.indicators.enumerated() {
            let (mu, sigma) = (merged { $0.location[k] }, merged { $0.spread[k] })
            table.add(
                indicator.name, "\(number(mu.bias, digits: 4)) ± \(standardError { $0.location[k] })", number(mu.rootMeanSquare, digits: 3),
                "\(number(sigma.bias, digits: 4)) ± \(standardError { $0.spread[k] })", number(sigma.rootMeanSquare, digits: 3),
                percent(Double(recoveries.reduce(0) { $0 + $1.covered[k] }) / people))
        }
        let (pairs, line) = (merged(\.correlation), merged(\.line))
        let coverage = Double(recoveries.reduce(0) { $0 + $1.coveredComposites }) / people
        return """
            ## Recovery of what is true (worlds as assumed)

            \(table.text)

            - Correlations (off the diagonal of R): bias \(number(pairs.bias, digits: 4)) ± \(standardError(\.correlation)), r.m.s. error \(number(pairs.rootMeanSquare, digits: 3)).
            - The line c: bias \(number(line.bias, digits: 4)) ± \(standardError(\.line)), r.m.s. error \(number(line.rootMeanSquare, digits: 3)).
            - 90% intervals of the composite hold the true one for \(percent(coverage)) of the people.
            - EM for R ended within its tolerance in \(summary.results.count(where: \.isConverged)) of \(summary.worlds) worlds.
            """
    }
}
