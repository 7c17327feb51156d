public import PipelineModel
public import Warehouse

/// The stage that tracks how the opinion itself is carried out: duties, deadlines and numeric targets, by unit and by person.
public enum TrackStage {
    /// Replaces tonight's tables of the six mechanisms, and the night's measures; measures of other nights stay.
    ///
    /// - Parameter threads: How many read and compute; changes the time, and no byte of the tables.
    /// - Returns: What a person should look at: sources without rows, limits that were passed.
    /// - Throws: What the warehouse throws.
    public static func run(_ pipeline: Pipeline, asOf: CalendarDate, threads: Int, in transaction: Transaction) throws -> [Finding] {
        let mechanisms = mechanisms(SharedCadres())
        var findings: [Finding] = []
        try transaction.storeSideBySide(mechanisms.count, threads: threads) { place, reading in
            try TrackNight(pipeline, asOf: asOf, threads: threads, in: reading).found(by: mechanisms[place])
        } begin: {
            try transaction.clearMechanisms(asOf: asOf)
        } store: {
            findings += try $0.store(in: transaction)
        }

        /// Runs what needs what has just been stored.
        func follow(_ mechanism: (TrackNight) throws -> [Finding]) throws {
            findings += try TrackNight(pipeline, asOf: asOf, threads: threads, in: transaction).found(by: mechanism).store(in: transaction)
        }
        let verdicts = try transaction.verdicts(asOf: asOf)
        try follow { try DispositionFollowups.run($0, verdicts: verdicts) }
        try follow { try Outcomes.run($0, verdicts: verdicts) }
        // When all measures are written.
        try follow(Progress.run)
        return findings.sorted()
    }

    /// What asks only what earlier stages and earlier nights have stored, and so needs not wait for one another: those that read most come first.
    private static func mechanisms(_ cadres: SharedCadres) -> [@Sendable (TrackNight) throws -> [Finding]] {
        [
            DoubleEvaluation.run, ContestStandings.run, Standings.run, HandledPetitions.run, CareList.run, GradeInflations.run,
            { try TrainingRoster.run($0, cadres: cadres.all($0)) }, TrainingCompletions.run, PromotionChannels.run,
            { try StructureTargets.run($0, cadres: cadres.all($0)) }, { try TownshipSecretaries.run($0, cadres: cadres.all($0)) },
            { try RotationsDue.run($0, cadres: cadres.all($0)) },
            FrontlinePostingCounts.run, RiskFilings.run, ClarificationsDue.run, MediaInquiries.run, DecidedCases.run,
        ]
    }
}
