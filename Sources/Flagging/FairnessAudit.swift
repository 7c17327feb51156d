public import PipelineModel
public import Warehouse

/// How tonight's flags fall on groups of people, and how often reviewers agreed with the model (guard rail 7).
///
/// The only reader of sex, date of birth and ethnic group; what it writes is read by nobody but the tables.
public enum FairnessAudit {
    /// Replaces the audit and the calibration by those of tonight.
    ///
    /// A person is flagged with at least one flag of tonight, whatever its cause. Reviews count for the group of the person flagged, on whichever night
    /// the flag was raised. Without a decided review of a flag of the model there is no calibration.
    ///
    /// - Throws: What the warehouse throws.
    public static func run(asOf: CalendarDate, in transaction: Transaction) throws {
        try run(asOf: asOf, groups: FairnessGroups(asOf: asOf, in: transaction), in: transaction)
    }

    /// The same, where the groups have been read.
    static func run(asOf: CalendarDate, groups: FairnessGroups, in transaction: Transaction) throws {
        var flagged: Set<String> = []
        try transaction.forEach(FlagRecord.self, asOf: asOf) { flagged.insert($0.cadreID) }
        let attributes = FairnessAttributes(groups, flagged: flagged)
        let reviews = try DecidedReview.all(asOf: asOf, in: transaction)

        try transaction.deleteAll(FairnessRecord.self)
        for attribute in FairnessAttribute.allCases {
            let comparison = FairnessComparison(attribute, of: attributes, reviews: reviews)
            try transaction.insert(comparison.records())
        }
        try transaction.deleteAll(CalibrationRecord.self)
        try transaction.insert(Calibration(reviews).records())
    }
}
