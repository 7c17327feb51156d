/// The keys of one kind of section: each case is a key, declared once, with what the documents say of it.
protocol SectionKey: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String, AllCases == [Self] {
    /// The section's heading in docs/configuration.md.
    static var heading: String { get }
    /// The key's type, whether it must be there, and its meaning in one line.
    var declaration: KeyDeclaration { get }
}

/// What is known of a key beforehand.
struct KeyDeclaration: Sendable {
    let type: KeyType
    let required: Bool
    /// One line for the documents.
    let meaning: String

    init(_ type: KeyType, required: Bool = false, _ meaning: String) {
        self.type = type
        self.required = required
        self.meaning = meaning
    }
}

/// A kind of section without its static type, for the documents and their test.
struct SectionDeclaration: Sendable {
    let heading: String
    let keys: [(name: String, declaration: KeyDeclaration)]

    init<Key: SectionKey>(_ type: Key.Type, heading: String? = nil, keys: [Key]? = nil) {
        self.heading = heading ?? type.heading
        self.keys = (keys ?? type.allCases).map { ($0.rawValue, $0.declaration) }
    }

    /// Every kind of section that a configuration can have.
    static let all: [SectionDeclaration] = [
        SectionDeclaration(PipelineKey.self), SectionDeclaration(IdentityKeyKey.self), SectionDeclaration(TablesKey.self),
        SectionDeclaration(ContractKey.self, keys: ContractKey.ofFirstVersion), SectionDeclaration(ColumnKey.self), SectionDeclaration(MeasureKey.self),
        SectionDeclaration(FreshnessKey.self), SectionDeclaration(VolumeKey.self),
        SectionDeclaration(ContractKey.self, heading: "Later versions of a contract", keys: ContractKey.ofLaterVersions),
        SectionDeclaration(ConditionKey.self), SectionDeclaration(WithinKey.self), SectionDeclaration(OtherFieldKey.self),
        SectionDeclaration(IndicatorsKey.self), SectionDeclaration(IndicatorKey.self), SectionDeclaration(LabelKey.self),
        SectionDeclaration(SchemeKey.self), SectionDeclaration(RankBandKey.self), SectionDeclaration(RotationKey.self),
        SectionDeclaration(TriggersKey.self), SectionDeclaration(TriggerKey.self), SectionDeclaration(ConsecutiveKey.self),
        SectionDeclaration(ProtectionsKey.self), SectionDeclaration(LongLeaveKey.self),
        SectionDeclaration(FlaggingKey.self), SectionDeclaration(DispositionsKey.self), SectionDeclaration(DispositionRuleKey.self),
        SectionDeclaration(EarlierWarningKey.self), SectionDeclaration(LinkageKey.self),
        SectionDeclaration(DeadlinesKey.self), SectionDeclaration(PetitionDeadlinesKey.self),
        SectionDeclaration(TrainingKey.self), SectionDeclaration(CourseKey.self), SectionDeclaration(RequiredCourseKey.self),
        SectionDeclaration(TargetsKey.self), SectionDeclaration(TargetKey.self), SectionDeclaration(TrendKey.self), SectionDeclaration(SelectionKey.self),
        SectionDeclaration(ContestKey.self), SectionDeclaration(ContestMeasureKey.self), SectionDeclaration(EvaluationKey.self),
        SectionDeclaration(BallotsKey.self), SectionDeclaration(AnnualGradesKey.self),
        SectionDeclaration(CareKey.self), SectionDeclaration(HardshipServiceKey.self), SectionDeclaration(AnnualLeaveKey.self),
        SectionDeclaration(EntitlementKey.self), SectionDeclaration(OverloadKey.self), SectionDeclaration(PromotionKey.self),
        SectionDeclaration(LadderKey.self), SectionDeclaration(ReviewsKey.self), SectionDeclaration(FitnessCheckKey.self),
        SectionDeclaration(OutcomesKey.self),
    ]
}
