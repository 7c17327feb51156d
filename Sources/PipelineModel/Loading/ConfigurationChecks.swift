/// What is checked of the configuration; docs/configuration.md lists every check.
extension Finding.Check {
    static let missingFile: Self = "MissingFile"
    static let unreadableFile: Self = "UnreadableFile"
    static let emptyFolder: Self = "EmptyFolder"
    static let invalidYAML: Self = "InvalidYAML"
    static let tabInIndentation: Self = "TabInIndentation"
    static let duplicateKey: Self = "DuplicateKey"
    static let unknownKey: Self = "UnknownKey"
    static let missingKey: Self = "MissingKey"
    static let conflictingKeys: Self = "ConflictingKeys"
    static let wrongType: Self = "WrongType"
    static let outOfRange: Self = "OutOfRange"
    static let invalidDate: Self = "InvalidDate"
    static let unknownValue: Self = "UnknownValue"
    static let duplicateID: Self = "DuplicateID"
    static let unknownField: Self = "UnknownField"
    static let fieldMappedTwice: Self = "FieldMappedTwice"
    static let mandatoryFieldNotMapped: Self = "MandatoryFieldNotMapped"
    static let fieldNotMapped: Self = "FieldNotMapped"
    static let fieldOfOtherType: Self = "FieldOfOtherType"
    static let columnListedTwice: Self = "ColumnListedTwice"
    static let privateLifeColumn: Self = "PrivateLifeColumn"
    static let petitionerColumn: Self = "PetitionerColumn"
    static let asOfInContract: Self = "AsOfInContract"
    static let textConditionOnFacts: Self = "TextConditionOnFacts"
    static let boundsReversed: Self = "BoundsReversed"
    static let versionsOutOfOrder: Self = "VersionsOutOfOrder"
    static let missingIdentityKey: Self = "MissingIdentityKey"
    static let unknownMeasure: Self = "UnknownMeasure"
    static let measureWithoutValue: Self = "MeasureWithoutValue"
    static let sourceWithoutContract: Self = "SourceWithoutContract"
    static let unknownIndicator: Self = "UnknownIndicator"
    static let weightsDoNotSumToOne: Self = "WeightsDoNotSumToOne"
    static let triggerOnFacts: Self = "TriggerOnFacts"
    static let findingMustNotCount: Self = "FindingMustNotCount"
    static let unfoundedPetitionsCount: Self = "UnfoundedPetitionsCount"
    static let recallWithoutWarning: Self = "RecallWithoutWarning"
    static let unknownCourse: Self = "UnknownCourse"
    static let fairnessFieldUsed: Self = "FairnessFieldUsed"

    /// All of them, in the order of the documents.
    static let configurationChecks: [Finding.Check] = [
        .missingFile, .unreadableFile, .emptyFolder, .invalidYAML, .tabInIndentation, .duplicateKey, .unknownKey, .missingKey, .conflictingKeys, .wrongType,
        .outOfRange, .invalidDate, .unknownValue, .duplicateID, .unknownField, .fieldMappedTwice, .mandatoryFieldNotMapped, .fieldNotMapped,
        .fieldOfOtherType, .columnListedTwice, .privateLifeColumn, .petitionerColumn, .asOfInContract, .textConditionOnFacts, .boundsReversed,
        .versionsOutOfOrder, .missingIdentityKey, .unknownMeasure, .measureWithoutValue, .sourceWithoutContract, .unknownIndicator, .weightsDoNotSumToOne,
        .triggerOnFacts, .findingMustNotCount, .unfoundedPetitionsCount, .recallWithoutWarning, .unknownCourse, .fairnessFieldUsed,
    ]
}
