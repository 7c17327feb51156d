import PipelineModel
import Tables
import Warehouse

/// Whom targets in words were taken to mean, and what each agreement weighs.
enum LinkTables {
    static let links = Table<Looked<LinkRecord>>(
        "petition_links", "one candidate of one target that was named in words: whom it was linked to, or whom a person must choose among", isListOfNames: true,
        columns: [
            Column("target", "counts the targets of the night") { .integer($0.record.target) },
            Column("rank", "counts the candidates of a target from 1, the likeliest first; a linked target shows one, any other at most five") {
                .integer($0.record.rank)
            },
            Column("outcome", "`linked`: the rows count for this cadre; `review`: they count for nobody until a person has decided") {
                .code($0.record.outcome)
            },
            Column("outcome_zh", "the same in Chinese") { .chinese($0.record.outcome) },
            Column("doubt", "why a person must look: probability, homonyms (in one unit), otherName, otherUnit (or none was written); blank where linked") {
                .code($0.record.doubt)
            },
            Column("doubt_zh", "the same in Chinese") { .chinese($0.record.doubt) },
            Column("source", "the contract that read the row") { .text($0.record.source) },
            Column("file", "path, relative to the input folder") { .text(optional: $0.night.path(ofFile: $0.record.fileID)) },
            Column("line", "line where the first such record starts; counts from 1") { .integer($0.record.line) },
            Column("rows", "rows with this target and day") { .integer($0.record.rows) },
            Column("event_date", "day of the event") { .date($0.record.eventDate) },
            Column("unit", "the unit as written") { .text(optional: $0.record.unit) },
            Column("post", "the post as written") { .text(optional: $0.record.post) },
            Column("written_name", "the official's name as written; never a petitioner's") { .text(optional: $0.record.name) },
            Column("cadre_id", "the candidate") { .text($0.record.cadreID) },
            Column("name", "the candidate's name as in the roster") { .text(optional: $0.night.people.person($0.record.cadreID).name) },
        ] + weights
    ) { night, transaction, body in try transaction.forEach(LinkRecord.self) { try body(Looked(record: $0, night: night)) } }

    /// How the candidate compares, and what that weighs.
    private static let weights: [Column<Looked<LinkRecord>>] = [
        Column("unit_level", "exact, alias, formerName, related (a unit above or below), different; blank where nothing is written") {
            .code($0.record.unitLevel)
        },
        Column("name_level", "exact, variant (blanks or a title apart), oneCharacter (one of three differs), surname (no more was written), different") {
            .code($0.record.nameLevel)
        },
        Column("post_level", "exact, shortened, sameType (another post of the same title), different") { .code($0.record.postLevel) },
        Column("date_level", "inTenure, near (within `nearDays` of the tenure), outside") { .code($0.record.dateLevel) },
        Column("prior_bits", "odds of any one cadre against nobody on the roster before anything is compared, as a power of 2") {
            .decimal($0.record.priorBits, places: bitPlaces)
        },
        Column("unit_bits", "weight of the unit's level, log₂(m/u); 0 where nothing is written") { .decimal($0.record.unitBits, places: bitPlaces) },
        Column("name_bits", "weight of the name's level") { .decimal($0.record.nameBits, places: bitPlaces) },
        Column("frequency_bits", "what a rare name adds and a common one takes away") { .decimal($0.record.frequencyBits, places: bitPlaces) },
        Column("post_bits", "weight of the post's level") { .decimal($0.record.postBits, places: bitPlaces) },
        Column("date_bits", "weight of the day's level") { .decimal($0.record.dateBits, places: bitPlaces) },
        Column("total_bits", "the sum of the six: odds of this cadre against nobody on the roster") { .decimal($0.record.totalBits, places: bitPlaces) },
        Column("posterior", "probability that the target is this cadre, other candidates considered: 0 to 1") {
            .decimal($0.record.posterior, places: bitPlaces)
        },
    ]

    /// Decimals of what must add up.
    private static let bitPlaces = 6

    static let weightTable = Table<Looked<LinkWeightRecord>>(
        "link_weights", "one level of one comparison of the linkage: how often it occurs, and what it weighs", isListOfNames: false,
        columns: [
            Column("comparison", "unit, name, post or date; `prior` for what holds before anything is compared") { .text($0.record.comparison) },
            Column("level", "as in petition_links.csv; of the prior, `onRoster`") { .text($0.record.level) },
            Column("m", "probability of the level where the target is the cadre; of the prior, share of targets who are on the roster") {
                .decimal($0.record.m, places: 9)
            },
            Column("u", "probability of the level where it is not; of the name, averaged over all names written; of the prior, 1 − m") {
                .decimal($0.record.u, places: 9)
            },
            Column("bits", "log₂(m/u); of the prior, the odds of any one cadre against nobody on the roster") { .decimal($0.record.bits, places: bitPlaces) },
            Column("pairs", "pairs of a target and a candidate with the level; of the prior, targets") { .integer($0.record.pairs) },
        ]
    ) { night, transaction, body in try transaction.forEach(LinkWeightRecord.self) { try body(Looked(record: $0, night: night)) } }
}
