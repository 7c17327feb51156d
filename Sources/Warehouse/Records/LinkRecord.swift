public import PipelineModel

/// One candidate of one target as written, and what speaks for and against: the weights add up to the total.
public struct LinkRecord: Record, Hashable {
    public static let table = "petition_links"
    public static let columns = [
        "target", "rank", "source", "file_id", "line", "unit", "post", "name", "event_date", "rows", "outcome", "doubt", "cadre_id", "unit_level",
        "name_level", "post_level", "date_level", "prior_bits", "unit_bits", "name_bits", "frequency_bits", "post_bits", "date_bits", "total_bits",
        "posterior",
    ]
    public static let order = "target, rank"

    /// Counts the targets of a night from 1.
    public var target: Int
    /// Counts the candidates of a target from 1, the likeliest first.
    public var rank: Int
    /// The contract.
    public var source: String
    /// The export file.
    public var fileID: Int
    /// First row with this target and day; counts from 1.
    public var line: Int
    /// As written, of the official; never of a petitioner.
    public var unit: String?
    /// As written.
    public var post: String?
    /// As written.
    public var name: String?
    /// When it happened.
    public var eventDate: CalendarDate?
    /// Rows with this target and day.
    public var rows: Int
    /// What became of the target: linked or for review.
    public var outcome: LinkOutcome
    /// Why a person must look; `nil` where it is linked.
    public var doubt: LinkDoubt?
    /// The candidate.
    public var cadreID: String
    /// `nil` where one side says nothing; so are the other three.
    public var unitLevel: UnitAgreement?
    public var nameLevel: NameAgreement?
    public var postLevel: PostAgreement?
    public var dateLevel: DateAgreement?
    /// log₂ of the odds before anything is compared.
    public var priorBits: Double
    /// log₂(m/u) of the unit's level; 0 where it is missing, as with the others.
    public var unitBits: Double
    public var nameBits: Double
    /// What a rare name adds and a common one takes away.
    public var frequencyBits: Double
    public var postBits: Double
    public var dateBits: Double
    /// The sum.
    public var totalBits: Double
    /// Probability that the target is this cadre, 0 to 1; over all candidates and nobody it sums to 1.
    public var posterior: Double

    /// A candidate without its weights, which are then set.
    public init(target: Int, rank: Int, source: String, fileID: Int, line: Int, rows: Int, outcome: LinkOutcome, cadreID: String) {
        self.target = target
        self.rank = rank
        self.source = source
        self.fileID = fileID
        self.line = line
        self.rows = rows
        self.outcome = outcome
        self.cadreID = cadreID
        (priorBits, unitBits, nameBits, frequencyBits, postBits, dateBits, totalBits, posterior) = (0, 0, 0, 0, 0, 0, 0, 0)
    }

    public func write(to row: inout RowWriter) {
        row.integer(target)
        row.integer(rank)
        row.text(source)
        row.integer(fileID)
        row.integer(line)
        row.text(unit)
        row.text(post)
        row.text(name)
        row.date(eventDate)
        row.integer(rows)
        row.code(outcome)
        row.code(doubt)
        row.text(cadreID)
        row.code(unitLevel)
        row.code(nameLevel)
        row.code(postLevel)
        row.code(dateLevel)
        for bits in [priorBits, unitBits, nameBits, frequencyBits, postBits, dateBits, totalBits, posterior] { row.real(bits) }
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        target = try row.integer()
        rank = try row.integer()
        source = try row.text()
        fileID = try row.integer()
        line = try row.integer()
        unit = try row.optionalText()
        post = try row.optionalText()
        name = try row.optionalText()
        eventDate = try row.optionalDate()
        rows = try row.integer()
        outcome = try row.code(LinkOutcome.self)
        doubt = try row.optionalCode(LinkDoubt.self)
        cadreID = try row.text()
        unitLevel = try row.optionalCode(UnitAgreement.self)
        nameLevel = try row.optionalCode(NameAgreement.self)
        postLevel = try row.optionalCode(PostAgreement.self)
        dateLevel = try row.optionalCode(DateAgreement.self)
        priorBits = try row.real()
        unitBits = try row.real()
        nameBits = try row.real()
        frequencyBits = try row.real()
        postBits = try row.real()
        dateBits = try row.real()
        totalBits = try row.real()
        posterior = try row.real()
    }
}
