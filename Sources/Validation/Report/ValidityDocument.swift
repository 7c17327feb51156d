/// The study as a document for a statistician, in markdown: what was promised, what came true, and where it did not.
public struct ValidityDocument: Sendable {
    let result: StudyResult
    let conditions: Conditions

    /// The document of a study run under these conditions.
    public init(_ result: StudyResult, conditions: Conditions) {
        self.result = result
        self.conditions = conditions
    }

    /// The whole text. It depends on the study alone, but for the paragraph on the machine and the time.
    public var text: String {
        [head, verdict, method, promises, naive, recovery, misspecified, limits].joined(separator: "\n\n") + "\n"
    }

    private var head: String {
        let minutes = Int((conditions.seconds / 60).rounded(.up))
        return """
            # Does the method keep its promise?

            Written by the command; change the command, not this file.

            ```sh
            \(conditions.commandLine)
            ```

            Seed \(result.study.seed); \(result.study.worlds) worlds of about \(result.study.cadres) cadres where the promise must hold, \
            \(result.study.worlds(of: .heavyTails)) elsewhere; \(result.study.threads) threads. The same seed gives the same numbers, whatever the number of threads. \
            This run: \(conditions.cores) cores, Swift \(conditions.swift), \(conditions.isOptimised ? "release" : "debug") build, \
            \(minutes) minute\(minutes == 1 ? "" : "s") (\(number(conditions.seconds, digits: 0)) s).
            """
    }

    private var verdict: String {
        var table = MarkdownTable("required", "promised", "found", "limit", "holds")
        for requirement in result.requirements {
            let (what, limit) =
                switch requirement.kind {
                case .falseShare: ("false share", "≤ \(percent(requirement.limit))")
                case .recall: ("recall over the oracle's", "≥ \(percent(requirement.limit))")
                }
            table.add(
                "\(requirement.scenario.title): \(what)", percent(requirement.promised, digits: 0), percent(requirement.value), limit,
                requirement.holds ? "yes" : "**no**")
        }
        return """
            ## What must hold

            \(result.holds ? "It holds, in every line." : "**It does not hold in every line.**") For the false share, the larger of the mean over worlds \
            and the pooled share is held to the limit.

            \(table.text)

            \(failures)
            """
    }

    private var failures: String {
        let failed = result.scenarios.flatMap { summary in
            summary.failures.map { "- world \($0.number) of *\(summary.scenario.title)*: \($0.error)" }
        }
        return failed.isEmpty ? "The model could be computed in every world." : "**The model could not be computed** in:\n\n" + failed.joined(separator: "\n")
    }

    private var promises: String {
        var table = MarkdownTable(
            "worlds", "number", "promised", "realised, mean ± s.e.", "pooled", "oracle's", "flagged per world", "recall ± s.e.", "oracle's recall",
            "recall over oracle's ± s.e.", "holds")
        for summary in result.scenarios {
            for promise in summary.promises {
                table.add(
                    summary.scenario.title, String(summary.worlds), percent(promise.promised, digits: 0), percent(promise.model.falseShare),
                    percent(promise.model.pooledFalseShare), percent(promise.oracle.falseShare.mean), number(promise.model.flagged, digits: 0),
                    percent(promise.model.recall), percent(promise.oracle.recall.mean), percent(promise.recallRatio), verdict(summary, promise))
            }
        }
        return """
            ## Promised and realised

            \(table.text)

            The last column says whether the realised share, mean and pooled, is at most the promise + 2 points; in brackets where it need not be. \
            The oracle's own false share shows what the normal approximation of posteriors costs; what the model's recall lacks against the oracle's is the price of estimating \
            μ from each group itself and σ from it and its like, which falls with more facts and grows as groups shrink (rows at the end). The recall of the model can exceed the oracle's where the model names more people than it should: then its false share is over the promise as well.
            """
    }

    private func verdict(_ summary: ScenarioSummary, _ promise: PromiseSummary) -> String {
        let holds = max(promise.model.falseShare.mean, promise.model.pooledFalseShare) <= promise.promised + 0.02
        return summary.scenario.isRequired ? (holds ? "yes" : "**no**") : holds ? "(yes)" : "(no)"
    }

    private var naive: String {
        var table = MarkdownTable("worlds", "rule", "false share ± s.e.", "flagged per world", "recall", "model's recall at 10%")
        for summary in result.scenarios {
            for (rule, flagging) in zip(NaiveRule.allCases, summary.naive) {
                table.add(
                    summary.scenario.title, rule.title, percent(flagging.falseShare), number(flagging.flagged, digits: 0), percent(flagging.recall.mean),
                    percent(summary.promises[1].model.recall.mean))
            }
        }
        return """
            ## The naive rules, in the same worlds

            \(table.text)

            The raw score is already the kindest of its sort: rates, not counts, each measured against the peers of the same group, weighted as the composite is. \
            What it lacks is a notion of chance: it takes the luck of a small number for the person. None of the rules promises anything, and none can.
            """
    }
}
