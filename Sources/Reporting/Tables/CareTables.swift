import PipelineModel
import Tables
import Warehouse

/// Mechanism 6, care: who is in need of it, and how the channels of promotion run.
enum CareTables {
    static let list = Table<Looked<CareEntry>>(
        "care_list", "one reason to care for one cadre", isListOfNames: true,
        columns: PersonColumns.columns { $0.cadreID } + [
            Column("reason", "hardshipService, unusedLeave or sustainedOverload") { .code($0.record.reason) },
            Column("reason_zh", "the same in Chinese") { .chinese($0.record.reason) },
            Column("value", "years in hardship posts, working days of leave not taken, or months of overload running (12 at most)") {
                .decimal($0.record.value, places: 2)
            },
            Column("limit", "the value from which the list names somebody") { .decimal($0.record.limit, places: 2) },
            Column("since", "first day of the present hardship post, of the year of the leave, or of the months of overload") { .date($0.record.since) },
            Column("detail_zh", "in words, in Chinese") { .text($0.record.detailChinese) },
            Column("detail_en", "in words, in English") { .text($0.record.detailEnglish) },
            Column("citation_zh", "the provision, in Chinese") { .text($0.record.citationChinese) },
            Column("citation_en", "the provision, in English") { .text($0.record.citationEnglish) },
        ]
    ) { night, transaction, body in try transaction.forEach(CareEntry.self) { try body(Looked(record: $0, night: night)) } }

    static let promotionChannels = Table<PromotionChannel>(
        "promotion_channels", "one rank of one class of civil servant: who waits in it, and who has come up into it; cells of fewer than 5 people are blank",
        isListOfNames: false,
        columns: [
            Column("civil_service_class", "generalAdministration, lawEnforcement, professionalTechnical; blank where the roster says none") {
                .code($0.serviceClass)
            },
            Column("civil_service_class_zh", "the same in Chinese") { .chinese($0.serviceClass) },
            Column("rank", "rank as the HR system writes it; blank where it says none") { .text(optional: $0.rank) },
            Column("headcount", "cadres in service who have it") { $0.isSmall($0.headcount) ? .empty : .integer($0.headcount) },
            Column("promotions", "of these, promoted into it in the last months, as the care rules count them; blank where no ladder has the rank") {
                $0.hidesPromotions ? .empty : .integer(optional: $0.promotions)
            },
            Column("waited_lower", "years in the rank so far, of those whose first day in it is known: a quarter of them have fewer") {
                $0.waited(\.waitedLower)
            },
            Column("waited_median", "half of them have fewer") { $0.waited(\.waitedMedian) },
            Column("waited_upper", "three quarters of them have fewer") { $0.waited(\.waitedUpper) },
            Column("suppressed", "`true` where a cell of 1 to 4 people was left blank") { .flag($0.isSuppressed) },
        ]
    ) { night, transaction, body in try transaction.forEach(PromotionChannel.self, body) }
}

extension PromotionChannel {
    fileprivate func isSmall(_ count: Int) -> Bool { count > 0 && count < SummaryLine.smallestCell }
    fileprivate var hidesPromotions: Bool { isSmall(headcount) || promotions.map(isSmall) ?? false }
    fileprivate var isSuppressed: Bool { isSmall(headcount) || hidesPromotions || isSmall(waiting) }

    /// A quartile of few people is the number of one of them.
    fileprivate func waited(_ quartile: KeyPath<PromotionChannel, Double?>) -> Cell {
        waiting < SummaryLine.smallestCell ? .empty : .decimal(optional: self[keyPath: quartile], places: 1)
    }
}
