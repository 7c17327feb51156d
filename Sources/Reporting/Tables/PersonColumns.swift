import PipelineModel
import Tables
import Warehouse

/// The columns that say who a row is about, the same in every list of names.
enum PersonColumns {
    /// - Parameter cadreID: Whom a record is about.
    static func columns<Stored>(_ cadreID: @escaping @Sendable (Stored) -> String) -> [Column<Looked<Stored>>] {
        [
            Column(together: [
                "cadre_id": "the cadre's number in the HR system",
                "name": "name as in the roster; blank where the roster has none",
                "unit_id": "unit of the present post; blank where unknown",
                "unit_name": "its name",
                "kind": "kind of body: county, municipalOrgan, university, stateEnterprise, township",
                "kind_zh": "the same in Chinese",
                "post": "title of the present post",
                "rank": "rank as the HR system writes it",
            ]) { looked, rows in
                // Looked up once for all of them.
                let (id, people) = (cadreID(looked.record), looked.night.people)
                let person = people.person(id)
                rows.append(.text(id))
                rows.append(.text(optional: person.name))
                rows.append(.text(optional: person.unitID))
                rows.append(.text(optional: people.unitName(person.unitID)))
                rows.append(.code(person.kind))
                rows.append(.chinese(person.kind))
                rows.append(.text(optional: person.post))
                rows.append(.text(optional: person.rank))
            }
        ]
    }

    /// The columns that say which indicator a row is about.
    static func indicator<Stored>(_ indicator: @escaping @Sendable (Stored) -> String) -> [Column<Looked<Stored>>] {
        [
            Column(together: [
                "indicator": "the indicator's id in pipelines/indicators.yaml",
                "indicator_zh": "its name in Chinese",
                "indicator_en": "its name in English",
                "dimension": "side of performance: achievement, responsiveness, publicEvaluation, capability, conduct",
                "dimension_zh": "the same in Chinese",
            ]) { looked, rows in
                let id = indicator(looked.record)
                rows.append(repeating: id) { rows in
                    let listed = looked.night.indicators[id]
                    rows.append(.text(id))
                    rows.append(.text(optional: listed?.label.chinese))
                    rows.append(.text(optional: listed?.label.english))
                    rows.append(.code(listed?.dimension))
                    rows.append(.chinese(listed?.dimension))
                }
            }
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
