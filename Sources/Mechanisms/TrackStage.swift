public import PipelineModel
public import Warehouse

/// The stage that tracks how the opinion itself is carried out: duties, deadlines and numeric targets, by unit and by person.
public enum TrackStage {
    /// Replaces tonight's tables of the six mechanisms, and the night's measures; measures of other nights stay.
    ///
    /// - Parameter threads: How many compute; changes the time, and no byte of the tables.
    /// - Returns: What a person should look at: sources without rows, limits that were passed.
    /// - Throws: What the warehouse throws.
    public static func run(_ pipeline: Pipeline, asOf: CalendarDate, threads: Int, in transaction: Transaction) throws -> [Finding] {
        try transaction.clearMechanisms(asOf: asOf)
        let night = try TrackNight(pipeline, asOf: asOf, threads: threads, in: transaction)
        // What many numbers are worked out of is worked out on other threads, while this one reads rows.
        let evaluation = try DoubleEvaluation.start(night)
        let contest = try ContestStandings.start(night)
        var findings: [Finding] = []
        let cadres = try night.cadresInPost()
        findings += try TrainingCompletions.run(night)
        findings += try FrontlinePostingCounts.run(night)
        findings += try TrainingRoster.run(night, cadres: cadres)
        findings += try StructureTargets.run(night, cadres: cadres)
        findings += try TownshipSecretaries.run(night, cadres: cadres)
        findings += try RotationsDue.run(night, cadres: cadres)
        findings += try MediaInquiries.run(night)
        findings += try GradeInflations.run(night)
        findings += try DecidedCases.run(night)
        findings += try RiskFilings.run(night)
        findings += try ClarificationsDue.run(night)
        findings += try HandledPetitions.run(night)
        findings += try CareList.run(night)
        findings += try PromotionChannels.run(night)
        findings += try contest.finish(night)
        findings += try evaluation.finish(night)
        try Standings.run(night)
        let verdicts = try transaction.verdicts(asOf: asOf)
        findings += try DispositionFollowups.run(night, verdicts: verdicts)
        try Outcomes.run(night, verdicts: verdicts)
        // When all measures are written.
        findings += try Progress.run(night)
        return findings.sorted()
    }
}
