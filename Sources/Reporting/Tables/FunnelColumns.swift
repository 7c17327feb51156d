import PipelineModel
import Tables
import Warehouse

/// The columns that say where a unit lies in a funnel, the same in every table of units.
enum FunnelColumns {
    /// - Parameters:
    ///   - prefix: Of every column's name.
    ///   - what: What is drawn, for the data dictionary: `the share accepted in time`.
    static func columns<Stored>(_ prefix: String, _ what: String, _ reading: @escaping @Sendable (Stored) -> FunnelReading) -> [Column<Looked<Stored>>] {
        [
            Column("\(prefix)_expected", "\(what): of all units together; blank, as the next columns, where there is nothing to measure") {
                .decimal(optional: reading($0.record).expected, places: 4)
            },
            Column("\(prefix)_lower95", "limits at 95% for a unit of this size, chance and the spread of all units counted: lower") {
                .decimal(optional: reading($0.record).lower95, places: 4)
            },
            Column("\(prefix)_upper95", "upper") { .decimal(optional: reading($0.record).upper95, places: 4) },
            Column("\(prefix)_lower998", "limits at 99.8%: lower") { .decimal(optional: reading($0.record).lower998, places: 4) },
            Column("\(prefix)_upper998", "upper") { .decimal(optional: reading($0.record).upper998, places: 4) },
            Column("\(prefix)_place", "within, below95, above95, below998, above998: outside is a reason to look, and no judgement") {
                .code(reading($0.record).place)
            },
            Column("\(prefix)_place_zh", "the same in Chinese") { .chinese(reading($0.record).place) },
        ]
    }

    /// The columns that say which unit a row is about.
    static func unit<Stored>(_ unitID: @escaping @Sendable (Stored) -> String?) -> [Column<Looked<Stored>>] {
        [
            Column("unit_id", "the unit; blank where it is not in the unit table") { .text(optional: unitID($0.record)) },
            Column("unit_name", "its name") { .text(optional: $0.night.unitName(unitID($0.record))) },
        ]
    }

    /// A share as a cell; blank where there is nothing to take it of.
    static func share(_ part: Int, of whole: Int) -> Cell { .decimal(optional: whole > 0 ? Double(part) / Double(whole) : nil, places: 4) }
}
