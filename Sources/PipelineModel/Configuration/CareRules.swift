/// From which numbers on somebody is to be cared for (关心关爱). `pipelines/rules/care.yaml`; a part that is not written is not looked at.
public struct CareRules: Hashable, Sendable {
    public var hardship: HardshipRule?
    public var annualLeave: AnnualLeaveRule?
    public var overload: OverloadRule?
    public var promotion: PromotionRule?

    /// Long service in hardship posts.
    public struct HardshipRule: Hashable, Sendable {
        /// A unit is a hardship one from this `hardship_grade` on.
        public var minimumGrade: Int
        /// Years in such units, all posts together, from which service is long.
        public var minimumYears: Double
        public var citation: BilingualText

        public init(minimumGrade: Int, minimumYears: Double, citation: BilingualText) {
            self.minimumGrade = minimumGrade
            self.minimumYears = minimumYears
            self.citation = citation
        }
    }

    /// Annual leave that was not taken.
    public struct AnnualLeaveRule: Hashable, Sendable {
        /// By completed years of work, ascending.
        public var entitlements: [Entitlement]
        /// Days of personal leave in a year from which there is no annual leave in it; `nil`: whatever they are.
        public var personalDays: Int?
        /// Kinds of body whose people have other holidays instead.
        public var exceptKinds: [KindOfBody]
        /// Unused days of the last complete year, from which somebody is listed.
        public var minimumUnused: Int
        public var citation: BilingualText

        public struct Entitlement: Hashable, Sendable {
            /// Completed years of work on 1 January.
            public var years: Int
            /// Working days of leave in the year.
            public var days: Int
            /// Days of sick leave in the year from which there is no annual leave in it; `nil`: whatever they are.
            public var sickDays: Int?

            public init(years: Int, days: Int, sickDays: Int? = nil) {
                self.years = years
                self.days = days
                self.sickDays = sickDays
            }
        }

        public init(entitlements: [Entitlement], personalDays: Int? = nil, exceptKinds: [KindOfBody] = [], minimumUnused: Int = 5, citation: BilingualText) {
            self.entitlements = entitlements
            self.personalDays = personalDays
            self.exceptKinds = exceptKinds
            self.minimumUnused = minimumUnused
            self.citation = citation
        }

        /// The entitlement of so many completed years; `nil` under the first.
        public func entitlement(years: Int) -> Entitlement? { entitlements.last { $0.years <= years } }
    }

    /// More work than the peers, month after month.
    public struct OverloadRule: Hashable, Sendable {
        /// Counts the work: `tasks.due`.
        public var measure: String
        /// Complete months running, the newest the last before the as-of date.
        public var months: Int
        /// A month is over where the count is above the upper funnel limit of the peer group at this level.
        public var level: Double
        public var citation: BilingualText

        public init(measure: String, months: Int = 3, level: Double = 0.95, citation: BilingualText) {
            self.measure = measure
            self.months = months
            self.level = level
            self.citation = citation
        }
    }

    /// What a promotion is.
    public struct PromotionRule: Hashable, Sendable {
        /// Months before the as-of date in which promotions are counted.
        public var months: Int
        /// Ranks as the HR system writes them, lowest first; a promotion is a step up on one ladder.
        public var ladders: [[String]]
        public var citation: BilingualText

        public init(months: Int = 12, ladders: [[String]], citation: BilingualText) {
            self.months = months
            self.ladders = ladders
            self.citation = citation
        }

        /// Where a rank stands; `nil` for one that no ladder has.
        public func place(of rank: String?) -> (ladder: Int, step: Int)? {
            guard let rank else { return nil }
            for (ladder, ranks) in ladders.enumerated() {
                if let step = ranks.firstIndex(of: rank) { return (ladder, step) }
            }
            return nil
        }
    }

    public init(
        hardship: HardshipRule? = nil, annualLeave: AnnualLeaveRule? = nil, overload: OverloadRule? = nil, promotion: PromotionRule? = nil
    ) {
        self.hardship = hardship
        self.annualLeave = annualLeave
        self.overload = overload
        self.promotion = promotion
    }
}
