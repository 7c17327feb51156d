import PipelineModel

/// One measure of the opinion, and how officials read of it.
struct MeasureLabel: Hashable, Sendable {
    /// As in `MeasureValue`.
    let id: String
    let mechanism: Mechanism
    let label: BilingualText

    init(_ id: String, _ mechanism: Mechanism, _ chinese: String, _ english: String) {
        self.id = id
        self.mechanism = mechanism
        label = BilingualText(chinese: chinese, english: english)
    }

    /// Every measure that tracking writes, in the order of the opinion's mechanisms: whoever adds a measure lists it with its table, and the table here.
    ///
    /// - Parameter pipeline: Some measures are configured, with their labels.
    static func all(_ pipeline: Pipeline) -> [MeasureLabel] {
        let all: [MeasureLabel] =
            TrainingCompletions.measures + TrainingRoster.measures + FrontlinePostingCounts.measures
            + StructureTargets.measures(pipeline) + SecretaryPromotions.measures + RotationsDue.measures
            + ContestStandings.measures(pipeline) + DoubleEvaluation.measures + MediaInquiries.measures + GradeInflations.measures
            + DecidedCases.measures + RiskFilings.measures
            + ClarificationsDue.measures + HandledPetitions.measures
            + CareList.measures + PromotionChannels.measures + DispositionFollowups.measures
        // Targets are of whatever mechanism their rules say.
        return Mechanism.allCases.flatMap { mechanism in all.filter { $0.mechanism == mechanism } }
    }
}
