import PipelineModel
import Tables
import Warehouse

/// The columns that say who a row is about, the same in every list of names.
enum PersonColumns {
    /// - Parameter cadreID: Whom a record is about.
    static func columns<Stored>(_ cadreID: @escaping @Sendable (Stored) -> String) -> [Column<Looked<Stored>>] {
        [
            Column("cadre_id", "the cadre's number in the HR system") { .text(cadreID($0.record)) },
            Column("name", "name as in the roster; blank where the roster has none") { .text(optional: $0.person(cadreID).name) },
            Column("unit_id", "unit of the present post; blank where unknown") { .text(optional: $0.person(cadreID).unitID) },
            Column("unit_name", "its name") { .text(optional: $0.night.unitName($0.person(cadreID).unitID)) },
            Column("kind", "kind of body: county, municipalOrgan, university, stateEnterprise, township") { .code($0.person(cadreID).kind) },
            Column("kind_zh", "the same in Chinese") { .chinese($0.person(cadreID).kind) },
            Column("post", "title of the present post") { .text(optional: $0.person(cadreID).post) },
            Column("rank", "rank as the HR system writes it") { .text(optional: $0.person(cadreID).rank) },
        ]
    }

    /// The columns that say which indicator a row is about.
    static func indicator<Stored>(_ indicator: @escaping @Sendable (Stored) -> String) -> [Column<Looked<Stored>>] {
        [
            Column("indicator", "the indicator's id in pipelines/indicators.yaml") { .text(indicator($0.record)) },
            Column("indicator_zh", "its name in Chinese") { .text(optional: $0.night.indicators[indicator($0.record)]?.label.chinese) },
            Column("indicator_en", "its name in English") { .text(optional: $0.night.indicators[indicator($0.record)]?.label.english) },
            Column("dimension", "side of performance: achievement, responsiveness, publicEvaluation, capability, conduct") {
                .code($0.night.indicators[indicator($0.record)]?.dimension)
            },
            Column("dimension_zh", "the same in Chinese") { .chinese($0.night.indicators[indicator($0.record)]?.dimension) },
        ]
    }

    /// The columns that say which window a row is about.
    static func window<Stored>(_ window: @escaping @Sendable (Stored) -> AppraisalWindow) -> [Column<Looked<Stored>>] {
        [
            Column("window", "`current`: the months up to the as-of date; `previous`: as many before them") { .code(window($0.record)) },
            Column("window_zh", "the same in Chinese") { .chinese(window($0.record)) },
        ]
    }
}

extension Looked {
    fileprivate func person(_ cadreID: (Stored) -> String) -> PersonOnList { night.people.person(cadreID(record)) }
}
